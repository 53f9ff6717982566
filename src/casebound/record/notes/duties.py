"""When a note must be written up: the clock says within 24 hours (P02, P43)."""

from datetime import datetime

from casebound.people.duties.entries import DutyKind
from casebound.rulebook.clocks.clocks import clock

_CLOCK = clock("notes/write-up")
WRITE_UP = DutyKind(key=_CLOCK.key, what=_CLOCK.what, rule=_CLOCK.rule)

# Answers of the form to "What were you doing?". Such a note feeds a form (P30, P31); any other note
# may be the record itself (P02).
TAKEN_FOR_A_FORM = frozenset({"key_session", "meeting", "call"})


def write_up_by(happened_at: datetime) -> datetime:
    """Return when the entry must be written: 24 hours after the event ended."""
    return clock(WRITE_UP.key, since=happened_at).due(happened_at)
