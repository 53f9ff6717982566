"""What this room puts on the read trail."""

READINGS = {"in-house": "read who is in the house"}
