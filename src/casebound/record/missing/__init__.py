"""A child who is missing: the live log of several workers, and who is missing now."""
