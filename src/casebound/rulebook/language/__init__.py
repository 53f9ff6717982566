"""Gentle hints while one writes: words that care, jargon, opinion told as fact (P45 to P47)."""
