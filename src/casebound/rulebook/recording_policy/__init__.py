"""The provider's recording policy: published in versions, read and acknowledged by each (P83)."""
