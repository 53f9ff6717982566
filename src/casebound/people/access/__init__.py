"""Who may see and write what: asked by every query (P13, P63)."""
