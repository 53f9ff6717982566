"""The keyring: one random key per book, wrapped by the epoch's master key (format 1.12, 7)."""
