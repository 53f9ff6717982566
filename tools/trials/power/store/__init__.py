"""A Django database backend: the product's own for SQLite, over the simulated disk."""
