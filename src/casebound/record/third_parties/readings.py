"""What this room puts on the read trail."""

READINGS = {"other_people": "read the register of other people"}
