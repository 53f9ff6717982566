"""Entries for those who answer for the home alone, and which workers every entry names."""
