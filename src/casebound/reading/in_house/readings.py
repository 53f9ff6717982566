"""What this room puts on the read trail."""

READINGS = {"in-house": "read who is in the house"}
ALWAYS_OPEN = ("in-house",)  # an alarm does not wait
