"""What this room puts on the read trail."""

READINGS = {
    "handover": "read what is handed over",
}
