"""What this room puts on the read trail."""

READINGS = {
    "medicines": "read the medicines of a child",
    "mar": "read a month's record of medicines",
}
MOST_COUNTED = {"medicines": 1, "mar": 1}
