"""What this room puts on the read trail."""

READINGS = {"see-as": "read which entries somebody else does not see"}
