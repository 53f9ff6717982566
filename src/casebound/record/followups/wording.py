"""Duties in words: by when, and how they ended."""

from datetime import datetime

from casebound.foundation.base.calendar import day_of, end_of
from casebound.foundation.base.times import day_in_words, in_words
from casebound.people.duties.entries import Ended
from casebound.people.duties.reads import DutySeen

_ENDED = {
    Ended.CORRECTED: "Corrected",
    Ended.STRUCK: "Not needed: struck through",
    Ended.MISFILED: "Not needed: misfiled",
}


def limit_words(limit: datetime) -> str:
    """Write a limit: `Monday 23 November 2026, 22:40`, or `the end of Monday 23 November 2026`."""
    day = day_of(limit)
    return f"the end of {day_in_words(day)}" if limit == end_of(day) else in_words(limit)


def due_words(duty: DutySeen) -> str:
    """Say by when: `without delay, at the latest Monday …`, `best by …, at the latest …`."""
    if duty.overdue:
        return f"was due {limit_words(duty.due_at)}"
    if duty.without_delay:
        return f"without delay, at the latest {limit_words(duty.due_at)}"
    if duty.goal_at is not None and duty.goal_at < duty.due_at:
        return f"best by {in_words(duty.goal_at)}, at the latest {limit_words(duty.due_at)}"
    return f"by {limit_words(duty.due_at)}"


def ended_words(duty: DutySeen) -> str:
    """Say how a duty ended: `Done in time`, `Done late`, `Not needed: struck through`."""
    if duty.ended is None:
        return ""
    return _ENDED.get(duty.ended, "Done in time" if duty.in_time else "Done late")


def done_words(duty: DutySeen) -> str:
    """Say when a duty ended, and when it was due if it ended late."""
    if duty.done_at is None:
        return ""
    late = duty.ended is Ended.DONE and not duty.in_time
    was_due = f", due {limit_words(duty.due_at)}" if late else ""
    return f"{in_words(duty.done_at)}{was_due}"
