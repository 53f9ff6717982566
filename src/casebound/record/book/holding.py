"""What the author of an entry restricted while writing it, as rows of `people.restricted`."""

from collections.abc import Iterator
from datetime import date

from casebound.foundation.base.ids import BookId
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.restricted.holding import Holding, Scope, hold
from casebound.record.book.entries import Entry, is_about
from casebound.rulebook.catalogue.content import Sharing, StatementContent
from casebound.rulebook.catalogue.wall_time import WallTimeError, calendar_day


def hold_marked(entry: ReadEntry, fact: Entry, rows: Rows) -> None:
    """Add the restrictions that the marks of an entry set, in each of its books."""
    for book in entry.pages:
        for holding in holdings(entry, fact, book):
            hold(rows, holding)


def holdings(entry: ReadEntry, fact: Entry, book: BookId) -> Iterator[Holding]:
    """Yield what an entry restricts in one of its books."""
    for number, statement in enumerate(fact.content.statements, 1):
        if statement.sharing is Sharing.WITHHELD and is_about(statement, book):
            yield _from_child(entry, statement, f"s{number}", book)


def _from_child(entry: ReadEntry, statement: StatementContent, part: str, book: BookId) -> Holding:
    return Holding(
        book=book,
        leaf=entry.index,
        part=part,
        scope=Scope.CHILD,
        ground=statement.ground.value,
        reason=statement.reason,
        decided_by=entry.signed_by,
        decided_at=entry.signed_at,
        review_on=_day(statement.review_on),
        set_in=entry.index,
    )


def _day(typed: str) -> date | None:
    """Return the day that was typed; None if it is none, as in entries of long ago."""
    try:
        return calendar_day(typed) if typed else None
    except WallTimeError:
        return None
