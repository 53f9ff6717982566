"""Accounts on the log: what happens to an account is an entry in the office's book."""
