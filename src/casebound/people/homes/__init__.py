"""Homes, children, placements and appointments. They are sealed in the books as entries."""
