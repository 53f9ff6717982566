"""Homes, children, placements and appointments: facts sealed in the books, shown here."""
