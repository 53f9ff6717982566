"""Tests of the catalogue of forms and of what is missing from an entry."""
