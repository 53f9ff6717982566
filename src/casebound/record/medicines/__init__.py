"""A child's medicines: prescribed, due, given, kept; and what a child must not have."""
