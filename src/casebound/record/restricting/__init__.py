"""Restricting an entry or a part of it later, and looking again at what is restricted (P42)."""
