"""Workers, homes, children, and who may see what."""
