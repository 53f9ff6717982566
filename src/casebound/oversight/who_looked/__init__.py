"""Who looked at which books, and questions about looking that is out of the ordinary (P63)."""
