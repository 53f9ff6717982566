"""Questions with one answer: words, choices, days and times, amounts."""

from dataclasses import replace

from django.http import QueryDict

from casebound.foundation.base.typed_times import (
    TypedTimeError,
    boxed_day,
    boxed_time,
    day_and_time,
    typed_day,
    typed_time,
    without_zone,
)
from casebound.record.drafting.fields.control import Control
from casebound.rulebook.catalogue import amounts
from casebound.rulebook.catalogue.content import Answer


def posted_text(posted: QueryDict, name: str) -> object:
    """Read what was typed into one box."""
    return posted.get(name, "")


def show_text(control: Control, value: Answer) -> Control:
    """Show one value in its box."""
    return replace(control, value=in_words(value))


def in_words(value: Answer) -> str:
    """Write a typed answer of one value as its box shows it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, str | int) else ""


def posted_choices(posted: QueryDict, name: str) -> object:
    """Read every box that is ticked."""
    return posted.getlist(name)


def show_choices(control: Control, value: Answer) -> Control:
    """Show the boxes that are ticked."""
    return replace(control, value=value if isinstance(value, tuple) else (value,) if value else ())


def show_money(control: Control, value: Answer) -> Control:
    """Show an amount in pounds."""
    return replace(control, value=pounds(value))


def pounds(value: Answer) -> str:
    """Write an amount as it is typed; a number from a program is pence."""
    if isinstance(value, int) and not isinstance(value, bool):
        return amounts.pounds(value).removeprefix("£")
    return in_words(value)


def posted_day(posted: QueryDict, name: str) -> str:
    """Read a day from one box, or from three. What is no day comes back as it was typed."""
    return day_as_read(boxed_day(posted, name))


def day_as_read(typed: str) -> str:
    """Return the day as `YYYY-MM-DD`, or what was typed, so that the page can ask about it."""
    try:
        return typed_day(typed).isoformat()
    except TypedTimeError:
        return typed


def time_as_read(typed: str) -> str:
    """Return the time as `HH:MM` (with ` GMT` or ` BST`), or what was typed if it is no time."""
    time, zone = without_zone(typed.strip())
    try:
        return f"{typed_time(time)} {zone}".rstrip()
    except TypedTimeError:
        return typed


def posted_moment(posted: QueryDict, name: str) -> str:
    """Join a day and a time of day. One without the other stays, so that the page can ask.

    In the hour that comes twice in October, the time says which: `01:30 GMT`.
    """
    day, time = posted_day(posted, name), time_as_read(boxed_time(posted, name))
    return f"{day}T{time}" if day or time else ""


def show_moment(control: Control, value: Answer) -> Control:
    """Show a day and a time of day in a box each."""
    day, time = day_and_time(in_words(value))
    return replace(control, value=in_words(value), more={"date": day, "time": time})
