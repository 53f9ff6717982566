"""The chronology of a book: rendered when entries are sealed, and paged by key."""
