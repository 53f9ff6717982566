"""How the time of the event starts out on a form, so that ordinary writing needs no click."""

from datetime import datetime

from casebound.rulebook.catalogue.shape import EventTime, Form
from casebound.rulebook.catalogue.wall_time import a_shift_before, as_typed


def first_event_time(form: Form, *, now: datetime) -> tuple[str, str]:
    """Return `happened_from` and `happened_to` of a fresh draft, to be seen and corrected.

    Raises:
        ValueError: `now` has no time zone.
    """
    if form.event_time is EventTime.NOW:
        return as_typed(now), ""
    if form.event_time is EventTime.SHIFT:
        return as_typed(a_shift_before(now)), as_typed(now)
    return "", ""
