"""Settings, addresses and the list of rooms: the only place that knows every room."""
