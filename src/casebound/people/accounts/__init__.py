"""Accounts: one person, one account, and how they prove who they are (P09)."""
