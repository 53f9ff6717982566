"""The screens of this room, one address a file."""
