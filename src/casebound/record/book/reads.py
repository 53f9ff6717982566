"""Which entries are about which, as a later room's projection asks while the log is followed."""

from collections.abc import Iterable
from dataclasses import dataclass

from casebound.foundation.base.ids import BookId, EntryId
from casebound.ledger.projecting.rows import Rows
from casebound.people.access.reads import SeenBook
from casebound.record.book.entries import How
from casebound.record.book.models import Link
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.shape import BookKind, Form


@dataclass(frozen=True, slots=True)
class LinkSeen:
    """An entry that is about another: which, how, and in which books that is said.

    What is written about an entry holds in the books it is written in, and in no other: an entry
    of two children's books that is struck in one of them stands in the other.
    """

    entry: EntryId
    how: How
    books: frozenset[BookId]


def links_to(entry: EntryId, rows: Rows) -> list[LinkSeen]:
    """Return what is about an entry, in the order it was sealed. 1 query."""
    found = sorted(rows.find(Link, to_entry=entry), key=lambda one: int(one.from_index))
    return [
        LinkSeen(
            EntryId(one.from_entry), How(one.how), frozenset(map(BookId, one.from_books.split()))
        )
        for one in found
    ]


def barred_from_view(entries: Iterable[EntryId], *, book: BookId) -> set[EntryId]:
    """Return which of `entries` a later one told to be wrong in this book. 1 query."""
    found = Link.objects.filter(
        to_entry__in=list(entries), how=How.MISFILED.value, from_books__contains=book
    )
    return {EntryId(entry) for entry in found.values_list("to_entry", flat=True)}


def book_kind(book: SeenBook) -> BookKind:
    """Return whose book it is: a child's, a home's or the office's."""
    if book.child is not None:
        return BookKind.CHILD
    return BookKind.OFFICE if book.office else BookKind.HOME


def forms_of(book: SeenBook) -> tuple[Form, ...]:
    """Return the forms that a new entry of the book can be begun on, in the order of the list."""
    return catalogue.forms_for(book_kind(book), secure=book.secure)


def has_fallen(entry: EntryId, *, book: BookId) -> bool:
    """Say whether a later one struck an entry through in this book, or barred it. 1 query."""
    return Link.objects.filter(
        to_entry=entry, how__in=[How.STRIKE, How.MISFILED], from_books__contains=book
    ).exists()
