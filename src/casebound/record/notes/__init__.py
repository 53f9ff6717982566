"""Notes: written in seconds, sealed at once, and written up into entries later (P02, P07)."""
