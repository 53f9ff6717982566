"""What a worker at the home has to hand over now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from casebound.foundation.base.ids import BookId, EntryId
from casebound.foundation.base.times import in_words
from casebound.people.access.reads import SeenBook, reader_of, seen_among, seen_books
from casebound.people.duties.reads import DutySeen, duties_in
from casebound.reading.handover.models import Handover, HandoverItem, UpcomingAppointment
from casebound.reading.handover.rules import DUE_WITHIN, LOOK_BACK, is_soon

AT_MOST = 60


@dataclass(frozen=True, slots=True)
class HandoverSeen:
    """The last handover: who wrote it, when, and its number in the home's book."""

    number: int
    author: str
    when: str
    at: datetime


@dataclass(frozen=True, slots=True)
class HandoverItemSeen:
    """An entry to hand over, with each place where this worker may read it."""

    entry: EntryId
    form: str
    when: str
    words: str
    places: tuple[tuple[SeenBook, int], ...]


@dataclass(frozen=True, slots=True)
class DueSeen:
    """Something that is due, in whose book, and by when in words."""

    duty: DutySeen
    book: SeenBook
    by: str


@dataclass(frozen=True, slots=True)
class UpcomingAppointmentSeen:
    """An appointment today or tomorrow."""

    book: SeenBook
    number: int
    when: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything to hand over.

    Attributes:
        last: the previous handover, or None.
        since: the time from which entries are gathered, in words.
        items: entries, the oldest first.
        due: duties that are overdue or due within a day, soonest first.
        appointments: the appointments of today and tomorrow.
    """

    last: HandoverSeen | None
    since: str
    items: tuple[HandoverItemSeen, ...]
    due: tuple[DueSeen, ...]
    appointments: tuple[UpcomingAppointmentSeen, ...]


def gathered(home: SeenBook, *, at: datetime) -> Gathered:
    """Return everything to hand over at a home since its last handover. 6 queries."""
    row = Handover.objects.filter(home_id=home.home).order_by("-leaf").first()
    last = (
        HandoverSeen(row.number, row.author, in_words(row.signed_at), row.signed_at)
        if row
        else None
    )
    since = last.at if last else at - LOOK_BACK
    items = list(
        HandoverItem.objects.filter(home_id=home.home, signed_at__gte=since)
        .exclude(leaf__lt=row.leaf if row else 0)
        .order_by("-signed_at", "-leaf")[:AT_MOST]
    )
    appointments = list(
        UpcomingAppointment.objects.filter(
            home_id=home.home, at__gte=at, at__lt=at + timedelta(days=2)
        ).order_by("at", "id")[:AT_MOST]
    )
    book_ids = {item.book_id for item in items} | {
        appointment.book_id for appointment in appointments
    }
    books = seen_among(home.worker, map(BookId, book_ids), at=at)
    return Gathered(
        last,
        in_words(since),
        tuple(_items(list(reversed(items)), books)),
        _due(home, at),
        tuple(
            UpcomingAppointmentSeen(
                books[BookId(appointment.book_id)], appointment.number, in_words(appointment.at)
            )
            for appointment in appointments
            if is_soon(appointment.at, now=at) and BookId(appointment.book_id) in books
        ),
    )


def _items(rows: Sequence[HandoverItem], books: dict[BookId, SeenBook]) -> list[HandoverItemSeen]:
    items: dict[str, HandoverItemSeen] = {}
    for row in rows:
        book = books.get(BookId(row.book_id))
        if book is None:
            continue
        before = items.get(row.entry_id)
        items[row.entry_id] = HandoverItemSeen(
            EntryId(row.entry_id),
            row.form,
            in_words(row.happened_at),
            row.words,
            (*(before.places if before else ()), (book, row.number)),
        )
    return list(items.values())


def _due(home: SeenBook, at: datetime) -> tuple[DueSeen, ...]:
    books = {book.id: book for book in seen_books(home.worker, at=at) if book.home == home.home}
    return tuple(
        DueSeen(duty, books[duty.book], in_words(duty.due_at))
        for duty in duties_in(books, reader=reader_of(books.values(), worker=home.worker), at=at)
        if duty.overdue or duty.due_at <= at + DUE_WITHIN
    )
