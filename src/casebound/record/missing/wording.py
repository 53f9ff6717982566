"""What the log and the banner say of a time, and of a line, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from casebound.foundation.base.calendar import day_of
from casebound.foundation.base.messages import gettext, ngettext
from casebound.foundation.base.times import clock, day_and_month
from casebound.record.rendering.wording import shown_answer
from casebound.rulebook.catalogue.shape import Form

# The heading of a line comes from these; what the log shows elsewhere is left out.
HEADING: Final = ("kind", "told_to", "back_to", "who", "reached")
LEFT_OUT: Final = frozenset({*HEADING, "next", "view_missing", "back"})


@dataclass(frozen=True, slots=True)
class LineWords:
    """A line in words: when it was, what it is, and its answers by their questions."""

    at: datetime
    when: str
    day: str
    heading: str
    says: str
    answers: tuple[tuple[str, str], ...]


def line_words(
    form: Form, answers: Mapping[str, Any], says: str, *, at: datetime, barred: bool
) -> LineWords:
    """Return a line of the log in words."""
    shown = {
        field.name: (field.label, words)
        for field in form.fields
        if field.name in answers
        and isinstance(words := shown_answer(field, answers[field.name]), str)
    }
    heading = [
        words
        for name in HEADING
        if (words := shown.get(name, ("", ""))[1]) and (name, answers[name]) != ("reached", "yes")
    ]
    if form.name != "missing_line":
        heading = [form.title, *heading]
    told = () if barred else tuple(
        (label, words) for name, (label, words) in shown.items() if name not in LEFT_OUT
    )  # fmt: skip
    return LineWords(
        at=at,
        when=clock(at),
        day=day_and_month(day_of(at)),
        heading=gettext("An entry in the wrong book") if barred else " · ".join(heading),
        says=says,
        answers=told,
    )


def since_words(moment: datetime, at: datetime) -> str:
    """Write a time of today as `21:40`, another as `22 November, 21:40`."""
    if day_of(moment) == day_of(at):
        return clock(moment)
    return f"{day_and_month(day_of(moment))}, {clock(moment)}"


def missing_words(since: datetime, at: datetime, *, away: bool) -> str:
    """Write since when a child is missing, or away: `missing since 21:40`."""
    words = (
        gettext("away without agreement since {when}") if away else gettext("missing since {when}")
    )
    return words.format(when=since_words(since, at))


def next_words(what: str, due: datetime, at: datetime) -> str:
    """Write what is due and by when: `Ring the police, by 23:00`."""
    by = gettext("by {when}").format(when=since_words(due, at))
    return f"{what}, {by}" if what else by


def for_how_long(since: datetime, until: datetime) -> str:
    """Write a length of time in days, hours and minutes. Hours are hours, whatever clocks do."""
    minutes = max(0, int((until - since).total_seconds()) // 60)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [
        ngettext("{count} day", "{count} days", days).format(count=days) if days else "",
        ngettext("{count} hour", "{count} hours", hours).format(count=hours) if hours else "",
        ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)
        if not days
        else "",
    ]
    return " ".join(part for part in parts if part)
