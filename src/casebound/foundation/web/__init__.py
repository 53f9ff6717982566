"""The look of every page: frame, components, error pages, and what must be written fast."""
