"""Tests of the made-up life."""
