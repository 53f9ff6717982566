"""Notes: jotted in seconds, sealed at once, and never discarded (P02 to P04, P07)."""
