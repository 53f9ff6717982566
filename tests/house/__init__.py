"""Tests over all rooms: what must hold everywhere, also in rooms nobody has built yet."""
