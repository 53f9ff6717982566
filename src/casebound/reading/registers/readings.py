"""What this room puts on the read trail."""

READINGS = {
    "register": "read a register that names the entry",
}
