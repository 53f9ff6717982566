"""What a note asks for: that the record is written from it, within 24 hours (P02, P43)."""

from datetime import datetime

from casebound.people.duties.entries import DutyKind
from casebound.rulebook.clocks.clocks import clock

_CLOCK = clock("notes/write-up")
WRITE_UP = DutyKind(key=_CLOCK.key, what=_CLOCK.what, rule=_CLOCK.rule)

# A note may be the record itself (P02); one taken in a talk or a meeting feeds a form (P30, P31).
FEEDS_A_FORM = frozenset({"key_session", "meeting", "call"})


def write_up_by(happened_at: datetime) -> datetime:
    """Return when the entry written from a note becomes late: 24 hours after the event."""
    return clock(WRITE_UP.key, since=happened_at).due(happened_at)
