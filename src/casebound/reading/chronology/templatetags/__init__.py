"""The template tags of this room."""
