"""Security events: who signed in, what was refused, what was changed. Ids only, kept for a year."""
