"""Sealed entries, their keys, and the rows that are worked out from them."""
