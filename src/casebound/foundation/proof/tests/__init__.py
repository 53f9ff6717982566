"""Tests of the sealed formats, run against published and our own vectors."""
