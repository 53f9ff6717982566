"""The gallery: every component in every state, to look at while one changes the look."""
