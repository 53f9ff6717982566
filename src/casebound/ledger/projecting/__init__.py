"""Projections: tables worked out from the entries, thrown away and made again at will."""
