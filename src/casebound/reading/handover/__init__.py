"""The handover: what one shift tells the next, gathered from the entries (P61)."""
