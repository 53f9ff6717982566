"""What templates ask of this room."""
