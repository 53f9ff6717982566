"""Search over statements, within a person's rights (P08)."""
