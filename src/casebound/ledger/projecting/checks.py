"""What `casebound verify` checks of the rooms: that they show what the log says."""

from collections.abc import Iterator

from casebound.foundation.base.ids import BookId
from casebound.ledger.projecting.comparing import Difference, compare
from casebound.ledger.sealing.checking.problems import (
    Fault,
    Problem,
    ProblemKind,
    located,
    unread,
)
from casebound.ledger.sealing.connection import StoreConnection
from casebound.ledger.sealing.receipts import index_of


def check_shown(*, quickly: bool) -> Iterator[Problem]:
    """Compare every row of every room with what the log says, unless it is to be quick."""
    if quickly:
        return
    comparison = compare()
    store = StoreConnection()
    for difference in comparison.differences:
        yield _problem(store, difference)
    for words in comparison.not_compared:
        yield unread(words)


def _problem(store: StoreConnection, difference: Difference) -> Problem:
    """Name the entry and the page of a difference, as far as the log knows them."""
    index, entry = difference.leaf, difference.entry
    if index is None and entry is None and difference.book:
        index = index_of(BookId(difference.book), difference.number)
    if index is not None or entry is not None:
        fault = Fault(ProblemKind.SHOWN, difference.what, index, entry)
        return located(store, [fault])[0]
    where = f"Book {difference.book}, no. {difference.number}: " if difference.book else ""
    words = f"{where}{difference.what}."
    return Problem(
        kind=ProblemKind.SHOWN,
        words=words if where else words[:1].upper() + words[1:],
        book=difference.book,
        page=difference.number,
    )


CHECKS = (check_shown,)
