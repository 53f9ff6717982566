"""What is due, by when, and on whom it waits: one mechanism for every room (P43)."""
