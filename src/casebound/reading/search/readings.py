"""What this room puts on the read trail."""

READINGS = {
    "search": "found pages by a search",
}
