"""The manager's view of the record."""
