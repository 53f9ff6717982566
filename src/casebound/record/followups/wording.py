"""Duties in words: by when, and how they ended."""

from datetime import datetime

from django.utils.translation import gettext, gettext_noop

from casebound.foundation.base.calendar import day_of, end_of
from casebound.foundation.base.times import day_in_words, in_words
from casebound.people.duties.entries import Ended
from casebound.people.duties.reads import DutySeen

_ENDED = {
    Ended.CORRECTED: gettext_noop("Corrected"),
    Ended.DISPUTED: gettext_noop("Disputed"),
    Ended.UNASKED: gettext_noop("Could not be asked"),
    Ended.STRUCK: gettext_noop("Not needed: struck through"),
    Ended.MISFILED: gettext_noop("Not needed: misfiled"),
}


def limit_words(limit: datetime) -> str:
    """Write a limit: `Monday 23 November 2026, 22:40`, or `the end of Monday 23 November 2026`."""
    day = day_of(limit)
    return (
        gettext("the end of {day}").format(day=day_in_words(day))
        if limit == end_of(day)
        else in_words(limit)
    )


def due_words(duty: DutySeen) -> str:
    """Say by when: `without delay, at the latest Monday …`, `best by …, at the latest …`."""
    if duty.overdue:
        return gettext("was due {due_at}").format(due_at=limit_words(duty.due_at))
    if duty.without_delay:
        return gettext("without delay, at the latest {due_at}").format(
            due_at=limit_words(duty.due_at)
        )
    if duty.goal_at is not None and duty.goal_at < duty.due_at:
        return gettext("best by {goal_at}, at the latest {due_at}").format(
            goal_at=in_words(duty.goal_at), due_at=limit_words(duty.due_at)
        )
    return gettext("by {due_at}").format(due_at=limit_words(duty.due_at))


def ended_words(duty: DutySeen) -> str:
    """Say how a duty ended: `Done in time`, `Done late`, `Not needed: struck through`."""
    if duty.ended is None:
        return ""
    if duty.ended in _ENDED:
        return gettext(_ENDED[duty.ended])
    return gettext("Done in time") if duty.in_time else gettext("Done late")


def done_words(duty: DutySeen) -> str:
    """Say when a duty ended, and when it was due if it ended late."""
    if duty.done_at is None:
        return ""
    late = duty.ended is Ended.DONE and not duty.in_time
    was_due = gettext(", due {due_at}").format(due_at=limit_words(duty.due_at)) if late else ""
    return f"{in_words(duty.done_at)}{was_due}"
