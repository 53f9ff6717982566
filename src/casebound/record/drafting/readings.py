"""What this room puts on the read trail."""

READINGS = {
    "draft": "began to write about an entry",
    "quoted": "read it on the page of a draft",
}
ALWAYS_OPEN = ("draft", "quoted")
