"""What this room puts on the read trail."""

READINGS = {"missing_log": "read the log of a time the child was missing"}
MOST_COUNTED = {"missing_log": 1}
