"""The book: what a home seals about a day, a talk, a contact, and how it is put right."""
