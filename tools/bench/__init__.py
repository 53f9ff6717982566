"""Measures: this house beside what a good team would build by hand."""
