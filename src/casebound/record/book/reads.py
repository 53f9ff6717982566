"""Which entries are about which, and which no longer stand in which book."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from casebound.foundation.base.ids import BookId, EntryId, WorkerId
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry, entry_at
from casebound.people.access.reads import SeenBook
from casebound.people.restricted.reads import hidden_among, may_read
from casebound.people.rights.shape import Permission
from casebound.record.book.models import EntryStatus, Link
from casebound.record.book.relations import Relation, Status, relation_of
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.shape import BookKind, Form

NO_LEAF: Final = -1


@dataclass(frozen=True, slots=True)
class LinkSeen:
    """A link as its readers see it: the later entry, the relation, and the books it counts in.

    A later entry counts only in the books it is written in. So an entry in two children's books
    can be struck through in one of them and stand in the other.
    """

    entry: EntryId
    relation: Relation
    books: frozenset[BookId]


def entry_in(book: SeenBook, number: int) -> ReadEntry | None:
    """Return page `number` of a book; None if it has none, or it is kept from this worker.

    The one way in which a view opens an entry. 2 queries, and 1 for a key.

    Raises:
        ProofError: its bytes were changed outside the product.
    """
    entry = entry_at(book.id, number)
    # Also asked of a page that is not there, so that it takes as long as one kept from them.
    is_open = is_open_to(book, NO_LEAF if entry is None else entry.index)
    return entry if is_open else None


def is_open_to(book: SeenBook, leaf: int) -> bool:
    """Say whether the reader of a book may read this entry of it at all. 1 query.

    A form that is for managers is kept from others, and from those it is about.
    """
    return may_read(leaf, book.reader, book=book.id)


def open_among(entries: Iterable[ReadEntry], book: SeenBook) -> list[ReadEntry]:
    """Return those of some entries of a book that its reader may read at all. 1 query, if any."""
    there = list(entries)
    hidden = hidden_among((entry.index for entry in there), book.reader)
    return [entry for entry in there if (book.id, entry.index) not in hidden]


def links_to(entry: EntryId, rows: Rows) -> list[LinkSeen]:
    """Return the standing entries about an entry, in the order they were sealed. 1 query each.

    A later entry counts in the books where it stands itself.
    """
    by_leaf: dict[tuple[int, str], list[Link]] = {}
    for link in rows.find(Link, to_entry=entry):
        if not rows.find(EntryStatus, book_id=link.book_id, leaf=link.from_index):
            by_leaf.setdefault((link.from_index, link.relation), []).append(link)
    return [
        LinkSeen(
            EntryId(links[0].from_entry),
            relation_of(relation),
            frozenset(BookId(link.book_id) for link in links),
        )
        for (_, relation), links in sorted(by_leaf.items(), key=lambda item: item[0][0])
    ]


def referred_to(entries: Iterable[EntryId], *, by: Relation, book: BookId) -> set[EntryId]:
    """Return those of `entries` that a later, standing entry refers to in this way. 2 queries."""
    links = list(
        Link.objects.filter(to_entry__in=list(entries), book_id=book, relation=by.key).values_list(
            "to_entry", "from_entry"
        )
    )
    withdrawn = statuses((EntryId(later) for _, later in links), book=book) if links else {}
    return {EntryId(entry) for entry, later in links if EntryId(later) not in withdrawn}


def about_it(entry: EntryId, *, by: Iterable[Relation], book: BookId) -> list[EntryId]:
    """Return the standing entries that refer to this one in these ways, oldest first. 2 queries."""
    keys = [relation.key for relation in by]
    links = Link.objects.filter(to_entry=entry, book_id=book, relation__in=keys)
    later = [
        EntryId(found)
        for found in links.order_by("from_index").values_list("from_entry", flat=True)
    ]
    withdrawn = statuses(later, book=book) if later else {}
    return [found for found in later if found not in withdrawn]


# Which entries no longer stand


@dataclass(frozen=True, slots=True)
class StatusSeen:
    """What became of an entry in a book: struck or misfiled, why, who did it and when."""

    status: Status
    reason: str
    by: WorkerId
    at: datetime
    withdrawn_in: int  # leaf of the later entry

    @property
    def is_barred(self) -> bool:
        """Say whether the entry's words are barred from view in this book."""
        return self.status is Status.MISFILED


def may_read_words(status: StatusSeen | None, book: SeenBook) -> bool:
    """Say whether a worker may read what an entry says. No query.

    Only the people who answer for a book may read an entry that is in it by mistake.
    """
    barred = status is not None and status.is_barred
    return not barred or book.may(Permission.ANSWER_FOR_BOOK) is not None


def statuses(entries: Iterable[EntryId], *, book: BookId) -> dict[EntryId, StatusSeen]:
    """Return the status of those of `entries` that no longer stand in a book. 1 query."""
    rows = EntryStatus.objects.filter(entry_id__in=list(entries), book_id=book)
    return {EntryId(row.entry_id): _status(row) for row in rows}


def statuses_of_leaves(leaves: Iterable[int]) -> dict[tuple[int, BookId], StatusSeen]:
    """Return the status of those entries, by leaf, in each book where they do not stand.

    A register shows an entry in several books at once. 1 query, none without leaves.
    """
    wanted = list(leaves)
    rows = EntryStatus.objects.filter(leaf__in=wanted) if wanted else ()
    return {(row.leaf, BookId(row.book_id)): _status(row) for row in rows}


def status_of(entry: EntryId, *, book: BookId) -> StatusSeen | None:
    """Return what became of an entry in a book, or None if it stands. 1 query."""
    return statuses([entry], book=book).get(entry)


def status_as_projected(leaf: int, book: BookId, rows: Rows) -> StatusSeen | None:
    """Return what became of an entry, as a later room's projection asks. 1 query."""
    status = rows.find(EntryStatus, book_id=book, leaf=leaf)
    return _status(status[0]) if status else None


def barred_from_view(entries: Iterable[EntryId], *, book: BookId) -> set[EntryId]:
    """Return which of `entries` are misfiled in this book. 1 query."""
    return {entry for entry, status in statuses(entries, book=book).items() if status.is_barred}


def is_withdrawn(entry: EntryId, *, book: BookId) -> bool:
    """Say whether a later entry struck this one through in the book, or misfiled it. 1 query."""
    return status_of(entry, book=book) is not None


def _status(row: EntryStatus) -> StatusSeen:
    return StatusSeen(
        Status(row.status),
        row.reason,
        WorkerId(row.withdrawn_by),
        row.withdrawn_at,
        row.withdrawn_in,
    )


def book_kind(book: SeenBook) -> BookKind:
    """Return whose book it is: a child's, a home's or the office's."""
    if book.child is not None:
        return BookKind.CHILD
    return BookKind.OFFICE if book.office else BookKind.HOME


def forms_of(book: SeenBook) -> tuple[Form, ...]:
    """Return the forms that a new entry of the book can be begun on, in the order of the list."""
    return catalogue.forms_for(book_kind(book), secure=book.secure)


def telling_more(leaf: int, book: BookId, rows: Rows) -> list[int]:
    """Return what was written so far to add to an entry, to correct it or to follow it.

    For a later room's projection. 1 query for the entry, and 1 for each that is found.
    """
    found, asked_about = set[int](), [leaf]
    while asked_about:
        links = rows.find(Link, to_index=asked_about.pop(), book_id=book)
        telling = (link for link in links if relation_of(link.relation).of_same_matter)
        new = {link.from_index for link in telling} - found
        found |= new
        asked_about += sorted(new)
    return sorted(found)
