"""What this room puts on the read trail."""

READINGS = {
    "profile": "read the page about the child",
    "police_sheet": "read the sheet for the police",
}
MOST_COUNTED = {"profile": 1, "police_sheet": 1}
