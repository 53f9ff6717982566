"""What was asked of colleagues and children lately, and what became of it (P28, P32)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from casebound.foundation.base.calendar import day_of
from casebound.foundation.base.ids import BookId
from casebound.oversight.desk.waiting import Waiting
from casebound.people.access.reads import SeenBook
from casebound.people.duties.entries import Ended
from casebound.people.duties.reads import DutyCount, duties_counted
from casebound.people.restricted.reads import EntryReader
from casebound.people.rights.shape import Permission
from casebound.record.book.asked import IN_A_ROW, AskedLately, asked_by_book, heard_words

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


def not_asked_lately(books: Sequence[SeenBook], reader: EntryReader, at: datetime) -> list[Waiting]:
    """Return the children who were not asked lately (P32, P33). It ends when a view is written.

    1 query.
    """
    asked = asked_by_book([book.id for book in books if book.child], reader=reader, at=at)
    return [
        Waiting(
            what=gettext("Ask for their view"),
            about=_in_a_row(book, asked[book.id]),
            when=heard_words(asked[book.id], day_of(at)),
            state="",
            book=book.id,
            page=reverse("drafting:choose", args=[book.id])
            if book.may(Permission.WRITE_ENTRY)
            else "",
        )
        for book in books
        if book.id in asked and asked[book.id].is_too_long(at)
    ]


def _in_a_row(book: SeenBook, asked: AskedLately) -> str:
    if asked.in_a_row < IN_A_ROW:
        return book.title
    return gettext("{title}, not asked {count} times in a row").format(
        title=book.title, count=asked.in_a_row
    )
