"""What was sealed in a book since the author read the entry that their draft puts right.

The page to read through says it before anybody signs: who sealed what. Its form carries how
far the author has now read, so the signature goes on. Only what is sealed in between is refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from casebound.foundation.base.ids import BookId, WorkerId
from casebound.ledger.sealing.reads import ReadEntry, book_pages, entry_at
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.reads import full_names
from casebound.people.rights.shape import Permission
from casebound.record.book.entries import Entry, is_written
from casebound.record.book.reads import open_among
from casebound.record.drafting.children_concerned import expected_pages
from casebound.record.drafting.prepared import PreparedDraft
from casebound.rulebook.catalogue import catalogue

MOST: Final = 10  # pages named one by one: the newest


@dataclass(frozen=True, slots=True)
class NewPage:
    """A page that is new: its number, what it is, and who signed it (empty: the author)."""

    number: int
    what: str
    by: str


@dataclass(frozen=True, slots=True)
class NewPages:
    """What is new in one of the draft's books: pages up to `now`; `earlier` are not named."""

    book: BookId
    now: int
    pages: Sequence[NewPage]
    earlier: int

    @property
    def says_nothing(self) -> bool:
        """Whether all that is new is kept from the author: they have nothing to read."""
        return not (self.pages or self.earlier)


def new_pages(prepared: PreparedDraft) -> list[NewPages]:
    """Return what is new in each book. 1 query a book, and 2 with 1 a page where there is any.

    Somebody who may only finish what they had begun is told of no other entry.
    """
    seen = {book.id: book for book in prepared.books}
    expected = expected_pages(prepared.draft, prepared.books).items()
    counted = [(seen[book], read, book_pages(book)) for book, read in expected]
    return [
        _of_book(book, read, now, author=prepared.draft.author)
        for book, read, now in counted
        if now > read
    ]


def _of_book(book: SeenBook, read: int, now: int, *, author: WorkerId) -> NewPages:
    """Name the new pages of a book, without those that are kept from the author."""
    if not book.may(Permission.READ_BOOK):
        return NewPages(book.id, now, (), earlier=0)
    first = max(read + 1, now - MOST + 1)
    there = (entry_at(book.id, number) for number in range(first, now + 1))
    entries = open_among((entry for entry in there if entry), book)
    names = full_names([entry.signed_by for entry in entries])
    pages = [
        NewPage(
            entry.pages.get(book.id, 0),
            _what(entry),
            "" if entry.signed_by == author else names.get(entry.signed_by, ""),
        )
        for entry in entries
    ]
    return NewPages(book.id, now, pages, earlier=first - read - 1)


def _what(entry: ReadEntry) -> str:
    return catalogue.form(Entry.read(entry).form).title if is_written(entry) else ""
