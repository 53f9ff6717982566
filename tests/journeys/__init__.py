"""Journeys through the product in a real Chromium, one a file."""
