"""What there is to hand over now, for who works at the home."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from casebound.foundation.base.ids import BookId, EntryId
from casebound.foundation.base.times import in_words
from casebound.people.access.reads import SeenBook, seen_among, seen_books
from casebound.people.duties.reads import DutySeen, duties_in
from casebound.reading.handover.models import Handover, HandoverItem, UpcomingAppointment
from casebound.reading.handover.rules import DUE_WITHIN, LOOK_BACK, is_soon

AT_MOST = 60


@dataclass(frozen=True, slots=True)
class TurnSeen:
    """The last handover: who wrote it, when, and its number in the home's book."""

    number: int
    author: str
    when: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PointSeen:
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
class ComingSeen:
    """An appointment today or tomorrow."""

    book: SeenBook
    number: int
    when: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """All there is to hand over.

    Attributes:
        last: the handover before, or None.
        since: from when on it is gathered, in words.
        points: entries, the oldest first.
        due: what is overdue or due within a day, soonest first.
        coming: appointments today and tomorrow.
    """

    last: TurnSeen | None
    since: str
    points: tuple[PointSeen, ...]
    due: tuple[DueSeen, ...]
    coming: tuple[ComingSeen, ...]


def gathered(home: SeenBook, *, at: datetime) -> Gathered:
    """Return what there is to hand over at a home since its last handover. 6 queries."""
    row = Handover.objects.filter(home_id=home.home).order_by("-leaf").first()
    last = TurnSeen(row.number, row.author, in_words(row.signed_at), row.signed_at) if row else None
    since = last.at if last else at - LOOK_BACK
    points = list(
        HandoverItem.objects.filter(home_id=home.home, signed_at__gte=since)
        .exclude(leaf__lt=row.leaf if row else 0)
        .order_by("-signed_at", "-leaf")[:AT_MOST]
    )
    coming = list(
        UpcomingAppointment.objects.filter(
            home_id=home.home, at__gte=at, at__lt=at + timedelta(days=2)
        ).order_by("at", "id")[:AT_MOST]
    )
    told = {item.book_id for item in points} | {appointment.book_id for appointment in coming}
    books = seen_among(home.worker, map(BookId, told), at=at)
    return Gathered(
        last,
        in_words(since),
        tuple(_points(list(reversed(points)), books)),
        _due(home, at),
        tuple(
            ComingSeen(
                books[BookId(appointment.book_id)], appointment.number, in_words(appointment.at)
            )
            for appointment in coming
            if is_soon(appointment.at, now=at) and BookId(appointment.book_id) in books
        ),
    )


def _points(rows: Sequence[HandoverItem], books: dict[BookId, SeenBook]) -> list[PointSeen]:
    made: dict[str, PointSeen] = {}
    for row in rows:
        book = books.get(BookId(row.book_id))
        if book is None:
            continue
        before = made.get(row.entry_id)
        made[row.entry_id] = PointSeen(
            EntryId(row.entry_id),
            row.form,
            in_words(row.happened_at),
            row.words,
            (*(before.places if before else ()), (book, row.number)),
        )
    return list(made.values())


def _due(home: SeenBook, at: datetime) -> tuple[DueSeen, ...]:
    books = {book.id: book for book in seen_books(home.worker, at=at) if book.home == home.home}
    return tuple(
        DueSeen(duty, books[duty.book], in_words(duty.due_at))
        for duty in duties_in(books, at=at)
        if duty.overdue or duty.due_at <= at + DUE_WITHIN
    )
