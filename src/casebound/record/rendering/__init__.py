"""How an entry reads: its words as data with an audience, and as HTML for one audience."""
