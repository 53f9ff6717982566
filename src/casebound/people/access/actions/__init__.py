"""Writing the read trail and digesting it; granting access to a book, and recording consents."""

from casebound.people.access.actions.consenting import answer_consent, withdraw_consent
from casebound.people.access.actions.digesting import digest_days
from casebound.people.access.actions.granting import end_grant, grant_access
from casebound.people.access.actions.reading import note_reading, note_readings
from casebound.people.access.actions.saying_why import say_why

__all__ = [
    "answer_consent",
    "digest_days",
    "end_grant",
    "grant_access",
    "note_reading",
    "note_readings",
    "say_why",
    "withdraw_consent",
]
