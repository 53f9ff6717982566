"""Who may read a book: by role, for a time, and by name; given here, and ended."""
