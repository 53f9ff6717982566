"""Who may see and write what. Every query checks it (P13, P63)."""
