"""Questions with one answer: words, choices, days and times, amounts."""

from dataclasses import replace

from django.http import QueryDict

from casebound.record.drafting.fields.control import Control
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
        return f"{value // 100}.{value % 100:02d}"
    return in_words(value)


def posted_day(posted: QueryDict, name: str) -> object:
    """Read a day."""
    return posted.get(f"{name}_date", "") or posted.get(name, "")


def posted_moment(posted: QueryDict, name: str) -> str:
    """Join a day and a time of day; half of them is kept as it is, to be asked about.

    In the hour that comes twice in October, an untouched time keeps the offset it had.
    """
    day, time = posted.get(f"{name}_date", ""), posted.get(f"{name}_time", "")
    if not day and not time:
        return ""
    was = posted.get(f"{name}_was", "")
    offset = was.removeprefix(f"{day}T{time}") if was.startswith(f"{day}T{time}") else ""
    return f"{day}T{time}{offset}"


def show_moment(control: Control, value: Answer) -> Control:
    """Show a day and a time of day in a box each."""
    day, time = (*in_words(value).split("T", 1), "")[:2]
    return replace(control, value=in_words(value), more={"date": day, "time": time[:5]})
