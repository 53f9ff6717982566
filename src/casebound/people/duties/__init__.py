"""What is due, by when, and who has to do it: one mechanism for every room (P43)."""
