"""Sealed entries and the log: all other rows follow from them. Only this room uses its tables."""
