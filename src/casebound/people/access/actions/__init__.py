"""The read trail and its digests; grants and consents; ending sessions and accounts."""

from casebound.people.access.actions.consenting import answer_consent, withdraw_consent
from casebound.people.access.actions.digesting import digest_days
from casebound.people.access.actions.for_a_time import appoint_for_a_time, end_for_a_time
from casebound.people.access.actions.granting import end_grant, grant_access
from casebound.people.access.actions.leaving import (
    close_for_leaver,
    end_accounts_due,
    end_sessions_of,
)
from casebound.people.access.actions.reading import note_reading, note_readings
from casebound.people.access.actions.saying_why import say_why

__all__ = [
    "answer_consent",
    "appoint_for_a_time",
    "close_for_leaver",
    "digest_days",
    "end_accounts_due",
    "end_for_a_time",
    "end_grant",
    "end_sessions_of",
    "grant_access",
    "note_reading",
    "note_readings",
    "say_why",
    "withdraw_consent",
]
