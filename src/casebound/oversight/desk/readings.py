"""What this room puts on the read trail."""

READINGS = {
    "shift": "saw on Shift what is due",
    "desk": "saw on the desk what is due",
}
# A row is of all the pages between the first and the last of which the list shows words.
MOST_COUNTED = {"shift": 1, "desk": 1}
ALWAYS_OPEN = ("shift", "desk")  # nobody can work without them
