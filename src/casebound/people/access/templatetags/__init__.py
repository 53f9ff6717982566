"""Checks of rights for the templates of every room."""
