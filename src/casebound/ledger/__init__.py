"""Sealed entries, their keys, and what is worked out from them."""
