"""What this room puts on the read trail."""

READINGS = {
    "proof": "took a receipt of an entry",
}
