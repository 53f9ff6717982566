"""Drafts: what is being written, encrypted on the server, until it is signed (P12)."""
