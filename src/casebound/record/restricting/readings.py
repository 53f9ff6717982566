"""What this room puts on the read trail."""

READINGS = {"section": "read what is restricted and why"}
