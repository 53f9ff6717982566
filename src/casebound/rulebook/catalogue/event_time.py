"""How the time of the event starts out on a form, so that ordinary writing needs no click."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from casebound.foundation.base.times import LONDON
from casebound.rulebook.catalogue.content import Content
from casebound.rulebook.catalogue.shape import EventTime, Form
from casebound.rulebook.catalogue.wall_time import a_shift_before, as_typed

# What is asked about an event. A form whose event is the signature asks none of it.
OF_THE_EVENT: Final = (
    "happened_from", "happened_to", "how_known", "originator", "originator_id", "present",
    "present_nobody", "where", "late_reason",
)  # fmt: skip


def first_event_time(form: Form, *, now: datetime) -> tuple[str, str]:
    """Return `happened_from` and `happened_to` of a fresh draft, to be seen and corrected.

    Raises:
        ValueError: `now` has no time zone.
    """
    if form.event_time in {EventTime.NOW, EventTime.SIGNING}:
        return as_typed(now), ""
    if form.event_time is EventTime.SHIFT:
        return as_typed(a_shift_before(now)), as_typed(now)
    # Most things are written on the day they happen. The time is asked: with it, a wrong day is
    # mostly in the future, and that is refused.
    return f"{now.astimezone(LONDON):%Y-%m-%d}T", ""


def with_event_of_signing(form: Form, content: Content, *, now: datetime) -> Content:
    """Return the content as of this minute, if the signature itself is the event of the form.

    Then nothing is asked about the event, and nothing is sealed that nobody said.

    Raises:
        ValueError: `now` has no time zone.
    """
    if form.asks_about_event:
        return content
    asked_of_no_one = Content(happened_from=as_typed(now))
    return replace(
        content,
        **{name: getattr(asked_of_no_one, name) for name in OF_THE_EVENT},
    )
