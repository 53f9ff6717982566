"""See as: what somebody sees of a book and why, and what they do not see, in words."""
