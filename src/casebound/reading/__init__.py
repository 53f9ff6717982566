"""Ways to read the books."""
