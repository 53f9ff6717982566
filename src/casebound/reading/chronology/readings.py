"""What this room puts on the read trail."""

READINGS = {
    "book": "read pages of the book",
    "entry": "read one entry",
    "print": "printed pages of the book",
    "names": "saw the names of other children",
}

MOST_COUNTED = {"book": 25, "names": 1}
