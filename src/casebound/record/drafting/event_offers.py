"""What else is recorded of an event, and what may be recorded next, for the page of an entry."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from casebound.foundation.base.ids import BookId, WorkerId
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.access.reads import SeenBook, seen_among
from casebound.people.rights.shape import Permission
from casebound.record.book.entries import Entry
from casebound.record.book.relations import JOINS
from casebound.record.book.same_event import of_same_event
from casebound.record.drafting.event_draft import EventEntry, of_event
from casebound.record.drafting.permitting import offered_forms
from casebound.rulebook.catalogue.same_event import told_with
from casebound.rulebook.catalogue.shape import Form


@dataclass(frozen=True, slots=True)
class EventOffer:
    """A form that may tell of the same event, and the book it is begun in.

    `of` is the child's name, if the entry is about several children and the form about one.
    """

    form: str
    words: str
    book: BookId
    of: str = ""


@dataclass(frozen=True, slots=True)
class EventSeen:
    """An event, as a worker may know of it: what else is recorded, and what they may record."""

    elsewhere: Sequence[EventEntry]  # entries that are not in this book
    offers: Sequence[EventOffer]
    can_join: bool


NO_EVENT = EventSeen((), (), can_join=False)


def event_seen(
    book: SeenBook, entry: ReadEntry, fact: Entry, *, at: datetime, stands: bool
) -> EventSeen:
    """Return the event of an entry. 5 queries, and about 4 for each other entry of the event.

    Args:
        book: the book in which the entry is read.
        entry: the entry.
        fact: what it says.
        at: the moment of the request.
        stands: whether it still stands in the book; else nothing is offered.
    """
    books = {book.id: book}
    if fact.children:
        books = seen_among(book.worker, entry.pages, at=at)
    others = others_of_event(entry, book.worker, at=at)
    elsewhere = [other for other in others if all(book.id != here.id for here, _ in other.places)]
    if not stands or fact.form == JOINS.key:
        return EventSeen(elsewhere, (), can_join=False)
    can_join = book.child is not None and bool(book.may(Permission.WRITE_ENTRY, form=JOINS.key))
    return EventSeen(elsewhere, list(_offers(book, fact, books, others)), can_join)


def others_of_event(entry: ReadEntry, worker: WorkerId, *, at: datetime) -> tuple[EventEntry, ...]:
    """Return the other entries of an event that a worker may read, as books say they may read."""

    def readable(books: set[BookId]) -> Container[BookId]:
        return seen_among(worker, books, at=at)

    members = of_same_event(entry.index, readable=readable)
    return of_event([member.entry for member in members], worker, at=at)


def _offers(
    book: SeenBook, fact: Entry, books: dict[BookId, SeenBook], others: Sequence[EventEntry]
) -> Iterator[EventOffer]:
    recorded = {(place.id, other.fact.form) for other in others for place, _ in other.places}
    for form in told_with(fact.form):
        if form.several_children:
            if _may(form, book) and (book.id, form.name) not in recorded:
                yield EventOffer(form.name, form.shown_as, book.id)
            continue
        for child in books.values():
            if _may(form, child) and (child.id, form.name) not in recorded:
                several = child.title if len(books) > 1 else ""
                yield EventOffer(form.name, form.shown_as, child.id, several)


def _may(form: Form, book: SeenBook) -> bool:
    return book.child is not None and form in offered_forms(book)
