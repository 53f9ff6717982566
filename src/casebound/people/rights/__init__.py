"""What each role may do: one table, read by every query, by the documentation and by tests."""
