"""Photographs, papers and sound that belong to an entry: taken in, examined, shown (P04, P07)."""
