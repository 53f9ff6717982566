"""The handover: what one shift leaves to the next, gathered from where it was written (P61)."""
