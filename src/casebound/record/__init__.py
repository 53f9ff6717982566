"""The record itself: books, drafts, notes."""
