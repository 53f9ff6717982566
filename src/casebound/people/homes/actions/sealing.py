"""What every action here ends with: one entry, sealed only while what it rests on still holds."""

from collections.abc import Callable
from datetime import datetime

from casebound.foundation.base.ids import BookId, WorkerId
from casebound.ledger.projecting.actions import catch_up, seal_and_project
from casebound.ledger.projecting.kinds import Kind
from casebound.ledger.sealing.actions import NewEntry, StaleBookError
from casebound.ledger.sealing.reads import book_pages

TRIES = 5  # others may be sealing in the same book; five times in a row is no chance


def seal_fact(
    *,
    fact: Kind,
    book: BookId,
    by: WorkerId,
    at: datetime,
    auth: str,
    pages: int | None = None,
) -> None:
    """Seal a fact; with `pages`, only if the book has so many.

    Raises:
        StaleBookError: the book has other pages.
    """
    seal_and_project(
        NewEntry(
            books=(book,),
            parts=fact.parts(),
            signed_by=by,
            signed_at=at,
            auth=auth,
            expects={} if pages is None else {book: pages},
        )
    )


def seal_checked(
    *,
    fact: Kind,
    book: BookId,
    check: Callable[[], None],
    by: WorkerId,
    at: datetime,
    auth: str,
) -> None:
    """Seal a fact if `check` raises nothing, so that two people cannot both seal the same one.

    `check` asks the derived store, which is first brought up to the book as it stands; if
    somebody seals a page meanwhile, it is asked again.

    Raises:
        StaleBookError: others sealed in between, again and again.
    """
    for tries_left in reversed(range(TRIES)):
        pages = book_pages(book)
        catch_up()
        check()
        try:
            seal_fact(fact=fact, book=book, by=by, at=at, auth=auth, pages=pages)
        except StaleBookError:
            if not tries_left:
                raise
        else:
            return
