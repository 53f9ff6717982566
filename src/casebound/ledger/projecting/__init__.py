"""Projections: tables worked out from the entries. They can be deleted and made again."""
