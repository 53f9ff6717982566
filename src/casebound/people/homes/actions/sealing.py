"""The last step of every action here: seal one entry, if the action's check still holds."""

from collections.abc import Callable
from datetime import datetime

from casebound.foundation.base.ids import BookId
from casebound.foundation.base.refusals import RefusedError
from casebound.ledger.projecting.actions import catch_up, seal_and_project
from casebound.ledger.projecting.kinds import Kind
from casebound.ledger.sealing.actions import NewEntry, StaleBookError
from casebound.ledger.sealing.once import Once
from casebound.ledger.sealing.reads import book_pages

TRIES = 5  # others may seal in the same book; five times in a row is more than chance


class SentBeforeError(RefusedError):
    """A page was sent a second time, and said something else the first time."""

    what = "This was not sealed."
    why = "This page was sent before, with different answers."
    do = "Open the page again, and check if what you want is there already."


def seal_fact(
    *,
    fact: Kind,
    book: BookId,
    once: Once,
    at: datetime,
    auth: str,
    pages: int | None = None,
) -> None:
    """Seal a fact. With `pages`, seal it only if the book has that many. A retry seals nothing.

    Raises:
        StaleBookError: the book has another number of pages.
        SentBeforeError: something else was sealed under the same key.
    """
    sealed = seal_and_project(
        NewEntry(
            books=(book,),
            parts=fact.parts(),
            entry_id=once.entry_id,
            signed_by=once.by,
            signed_at=at,
            auth=auth,
            expects={} if pages is None else {book: pages},
        )
    )
    if sealed.is_retry and once.sealed(fact.parts()) is None:
        raise SentBeforeError


def seal_checked(
    *,
    fact: Kind,
    book: BookId,
    check: Callable[[], None],
    once: Once,
    at: datetime,
    auth: str,
) -> None:
    """Seal a fact if `check` raises nothing, so that two people cannot both seal the same one.

    `check` reads the derived store, which is first brought up to date with the book. If somebody
    seals a page in between, `check` runs again.

    A retry seals nothing and does not run `check`, which would find what the first call did.

    Raises:
        StaleBookError: others sealed in between at every try.
        SentBeforeError: something else was sealed under the same key.
    """
    if once.sealed(fact.parts()):
        return
    for tries_left in reversed(range(TRIES)):
        pages = book_pages(book)
        catch_up()
        check()
        try:
            seal_fact(fact=fact, book=book, once=once, at=at, auth=auth, pages=pages)
        except StaleBookError:
            if not tries_left:
                raise
        else:
            return
