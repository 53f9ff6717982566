"""Accounts: each person has one account, and proves who they are (P09)."""
