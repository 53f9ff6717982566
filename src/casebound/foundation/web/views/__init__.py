"""Screens of the web room: the gallery."""
