"""The recording forms as data, the content of an entry, and what is missing from it."""
