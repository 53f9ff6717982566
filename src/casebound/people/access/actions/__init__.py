"""Writing the read trail; granting access to a book, and ending it."""

from casebound.people.access.actions.granting import end_grant, grant_access
from casebound.people.access.actions.reading import note_reading, note_readings

__all__ = ["end_grant", "grant_access", "note_reading", "note_readings"]
