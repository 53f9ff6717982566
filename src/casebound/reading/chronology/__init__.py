"""The book as it reads: a chronology, pre-rendered, paged by key."""
