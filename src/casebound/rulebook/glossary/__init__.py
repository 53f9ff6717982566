"""The provider's own words to look at again, and the list of all words and acronyms (P46, P47)."""
