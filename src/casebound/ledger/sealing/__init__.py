"""Sealed entries and the log: the only truth, and the sole owner of its tables."""
