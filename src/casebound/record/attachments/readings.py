"""What this room puts on the read trail."""

READINGS = {
    "file": "opened an attached file",
    "picture": "looked at an attached picture",
}
