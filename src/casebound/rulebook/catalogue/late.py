"""The 24-hour rule, and the words "Late Entry"."""

from datetime import datetime, timedelta
from typing import Final

from casebound.rulebook.catalogue.wall_time import EventTimes
from casebound.rulebook.clocks.clocks import clock

LATE_AFTER: Final = clock("entry/record").limit.span  # P43: how long stands in the clocks alone


def clock_starts_at(event: EventTimes) -> datetime:
    """Return when the 24 hours begin to run: at the event's end, or its start if it has none (P43).

    The policy says "as soon as practicable after information becomes available": what happened
    is known when it is over, and a waking night of ten hours could otherwise be late at breakfast.
    Naming a later end cannot buy time: an end in the future is refused, and both times are sealed.
    """
    return event.end or event.start


def is_late(*, happened_at: datetime, signed_at: datetime) -> bool:
    """Say whether the entry carries the words "Late Entry" (P44).

    `happened_at` is `clock_starts_at` of the event. Both times are aware, so a clock change does
    not move the line. Exactly 24 hours is not late. Times count in whole seconds, as they are
    sealed: a reader who works it out again from the sealed entry gets the same answer.

    Raises:
        ValueError: a time has no zone, or `signed_at` is before `happened_at`.
    """
    return _gap(happened_at, signed_at) > LATE_AFTER


def late_by(*, happened_at: datetime, signed_at: datetime) -> timedelta:
    """Return by how much the 24 hours were passed, in whole seconds; nothing if in time (P44).

    Raises:
        ValueError: as `is_late`.
    """
    return max(_gap(happened_at, signed_at) - LATE_AFTER, timedelta(0))


def _gap(happened_at: datetime, signed_at: datetime) -> timedelta:
    if happened_at.tzinfo is None or signed_at.tzinfo is None:
        raise ValueError("a time without a zone cannot be compared")
    if signed_at < happened_at:
        raise ValueError(f"signed {signed_at} before it happened {happened_at}")
    return _as_sealed(signed_at) - _as_sealed(happened_at)


def _as_sealed(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)
