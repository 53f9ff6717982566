"""What was asked of colleagues and children lately, and what became of it (P28, P32)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext, gettext_noop

from casebound.foundation.base.ids import BookId
from casebound.people.duties.entries import Ended
from casebound.people.duties.reads import (
    DutyCount,
    duties_counted,
)
from casebound.people.restricted.reads import EntryReader

FOUR_WEEKS = timedelta(days=28)
_WITHDRAWN = {
    Ended.STRUCK: gettext_noop("{number} struck through"),
    Ended.MISFILED: gettext_noop("{number} misfiled"),
}
# What is counted of what was asked: what it is, how many there were, and what became of them.
ASKED: Mapping[str, tuple[str, str, Mapping[Ended, str]]] = {
    "originator/read": (
        gettext_noop("Colleagues asked whether what they told is right"),
        gettext_noop("{number} asked"),
        {
            Ended.DONE: gettext_noop("{number} confirmed"),
            Ended.CORRECTED: gettext_noop("{number} corrected"),
            Ended.DISPUTED: gettext_noop("{number} disputed"),
            Ended.UNASKED: gettext_noop("{number} could not be asked"),
        },
    ),
    "view/ask": (
        gettext_noop("Children who were to be asked later for their view"),
        gettext_noop("{number} to be asked later"),
        {
            Ended.DONE: gettext_noop("{number} asked since"),
            Ended.UNASKED: gettext_noop("{number} never asked"),
        },
    ),
}
_WAITING = gettext_noop("{number} still waiting")
_OVERDUE = gettext_noop("{number} of them overdue")


def asked_lately(
    books: Sequence[BookId], reader: EntryReader, at: datetime
) -> list[tuple[str, str]]:
    """Count what was asked in four weeks, and what became of it (P28, P32)."""
    counts = duties_counted(ASKED, books=books, reader=reader, since=at - FOUR_WEEKS, at=at)
    return [
        (gettext(what), _counted(counts[key], asked, became))
        for key, (what, asked, became) in ASKED.items()
    ]


def _counted(count: DutyCount, asked: str, became: Mapping[Ended, str]) -> str:
    parts = [
        (sum(count.ended.values()) + count.waiting, asked),
        *((count.ended.get(ended, 0), words) for ended, words in {**became, **_WITHDRAWN}.items()),
        (count.waiting, _WAITING),
        (count.overdue, _OVERDUE),
    ]
    return ", ".join(gettext(words).format(number=number) for number, words in parts if number)
