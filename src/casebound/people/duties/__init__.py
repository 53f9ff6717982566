"""What is due, by when, and who it waits on: one mechanism for every room (P43)."""
