"""What this room puts on the read trail."""

READINGS = {
    "profile": "read the page about the child",
}
