"""How often a child was not asked for their view, and when it was last heard (P32, P33).

A form that faces a child asks for the child's own view or why it is missing. "Not asked this time"
opens no follow-up: it is counted, and the count goes away when a view is recorded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Count, Exists, Max, Min, OuterRef, Q
from django.utils.translation import gettext, ngettext

from casebound.foundation.base.calendar import day_of
from casebound.foundation.base.ids import BookId
from casebound.foundation.base.times import near_date, weekday
from casebound.people.restricted.reads import EntryReader, readable
from casebound.record.book.entries import Entry, is_about
from casebound.record.book.models import ViewAsked
from casebound.record.book.separating import in_book
from casebound.rulebook.catalogue.marks import StatementKind
from casebound.rulebook.catalogue.shape import VIEW_MISSING

# No rule gives these numbers: they are our own.
COUNTED: Final = timedelta(days=28)
IN_A_ROW: Final = 3  # so often not asked, and the managers see it
WITHOUT_VIEW: Final = timedelta(days=14)  # so long without a view, and the managers see it

HEARD: Final = "heard"
NOT_ASKED: Final = "not_asked"
# What ends a row of "not asked": the child said or showed something, or was asked and did not wish.
_WAS_ASKED: Final = (HEARD, "did_not_wish", "shown_otherwise")


@dataclass(frozen=True, slots=True)
class AskedLately:
    """How a child was asked for their view, as far as a reader may know.

    Attributes:
        times: how often they were not asked, in the last 28 days.
        in_a_row: how often since they were last asked, in the same days.
        heard_at: when their own view was last heard; None if the book has none.
        since: since when the book says anything about it.
    """

    times: int
    in_a_row: int
    heard_at: datetime | None
    since: datetime

    def is_too_long(self, at: datetime) -> bool:
        """Say whether the managers should see it."""
        return self.in_a_row >= IN_A_ROW or at - (self.heard_at or self.since) >= WITHOUT_VIEW


def asked_in(fact: Entry, book: BookId) -> str:
    """Return what an entry says in a book: `heard`, why the view is missing, or nothing."""
    if has_view(fact, book):
        return HEARD
    return str(in_book(fact, book).answers.get(VIEW_MISSING, ""))


def has_view(fact: Entry, book: BookId) -> bool:
    """Say whether an entry holds the view of the child whose book this is."""
    return any(
        statement.kind is StatementKind.VIEW and is_about(statement, book)
        for statement in fact.content.statements
    )


def asked_by_book(
    books: Sequence[BookId], *, reader: EntryReader, at: datetime
) -> dict[BookId, AskedLately]:
    """Return how the children of these books were asked; none of a book that says nothing. 1 query.

    What a withdrawn entry says does not count, nor what is kept from the reader.
    """
    rows = readable(ViewAsked.objects.filter(book_id__in=list(books)), reader)
    asked_since = readable(
        ViewAsked.objects.filter(
            book_id=OuterRef("book_id"),
            says__in=_WAS_ASKED,
            happened_at__gte=OuterRef("happened_at"),
        ),
        reader,
    )
    lately = Q(says=NOT_ASKED, happened_at__gte=at - COUNTED)
    counted = rows.values("book_id").annotate(
        times=Count("leaf", filter=lately),
        in_a_row=Count("leaf", filter=Q(lately, ~Exists(asked_since))),
        heard_at=Max("happened_at", filter=Q(says=HEARD)),
        since=Min("happened_at"),
    )
    return {
        BookId(row["book_id"]): AskedLately(
            row["times"], row["in_a_row"], row["heard_at"], row["since"]
        )
        for row in counted
    }


def times_words(asked: AskedLately) -> str:
    """Write how often a child was not asked; nothing if they always were."""
    if not asked.times:
        return ""
    days = COUNTED.days
    return ngettext(
        "Not asked once in the last {days} days",
        "Not asked {count} times in the last {days} days",
        asked.times,
    ).format(count=asked.times, days=days)


def heard_words(asked: AskedLately, today: date) -> str:
    """Write when the child's own view was last heard: `last heard on Tuesday 3 November`."""
    if asked.heard_at is None:
        return gettext("their own view is not in the book yet")
    day = day_of(asked.heard_at)
    written = f"{weekday(day)} {near_date(day, today)}"
    return gettext("last heard on {day}").format(day=written)


def asked_words(asked: AskedLately | None, at: datetime) -> str:
    """Write both beside the question; nothing if the child is asked as they should be."""
    if asked is None or not (asked.times or asked.is_too_long(at)):
        return ""
    words = "; ".join(filter(None, [times_words(asked), heard_words(asked, day_of(at))]))
    return f"{words[0].upper()}{words[1:]}."
