"""What each role may do: one table, which every query, the documentation and tests read."""
