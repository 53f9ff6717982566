"""Pages of a register, read by number, without a count or an offset, however long it is."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext, gettext_noop

from casebound.foundation.base.ids import BookId, ChildId
from casebound.foundation.base.times import in_words
from casebound.ledger.sealing.reads import book_pages
from casebound.ledger.sealing.registers import register_id
from casebound.people.access.other_names import usual_names
from casebound.people.access.reads import SeenBook, reader_of, seen_among
from casebound.people.duties.reads import DutySeen, duties_from, leaves_waiting
from casebound.people.restricted.reads import EntryReader, hidden_among, hidden_from
from casebound.people.rights.shape import Permission
from casebound.reading.registers.models import RegisterEntry, RegisterEntryBook
from casebound.record.book.reads import StatusSeen, statuses_of_leaves
from casebound.rulebook.catalogue.registers import REGISTERS, RegisterKind
from casebound.rulebook.catalogue.shape import Register

PAGE = 25


class RowState(StrEnum):
    """Which numbers to show."""

    EVERY = ""
    WAITING = "waiting"
    LATE = "late"
    PUT_RIGHT = "put_right"


STATE_WORDS = (
    (RowState.EVERY, gettext_noop("All entries")),
    (RowState.WAITING, gettext_noop("Something still due")),
    (RowState.LATE, gettext_noop("Late entries")),
    (RowState.PUT_RIGHT, gettext_noop("Struck through, or in the wrong book")),
)


@dataclass(frozen=True, slots=True)
class RegisterSeen:
    """A register of a home: its name, its subject, and how many numbers it has."""

    name: str
    kind: RegisterKind
    numbers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsWanted:
    """Which rows of a register to show: of a year, in a state, `upto` a number or after `after`."""

    year: int = 0
    state: RowState = RowState.EVERY
    upto: int = 0
    after: int = 0


@dataclass(frozen=True, slots=True)
class WhereSeen:
    """A book that an entry is in, as far as this worker may see it.

    `book` is None if they may not read the book. Then the page shows no name and no number (P40),
    but `unnamed`: `a child`, and for a visitor who reads what the register says, `a child (2)`.
    """

    book: SeenBook | None
    number: int
    state: str
    unnamed: str = ""


@dataclass(frozen=True, slots=True)
class RowSeen:
    """A number of a register as a page shows it."""

    number: int
    happened: str
    form: str
    author: str
    signed: str
    late: bool
    answers: tuple[tuple[str, str], ...]
    places: tuple[WhereSeen, ...]
    due: tuple[DutySeen, ...]

    @property
    def states(self) -> frozenset[str]:
        """The entry's status in the books that this worker may read."""
        return frozenset(place.state for place in self.places if place.book)


@dataclass(frozen=True, slots=True)
class PageSeen:
    """A page of a register, highest number first.

    `newer` and `older` are numbers to go on from; 0 at the ends.
    """

    rows: tuple[RowSeen, ...]
    newer: int
    older: int


def may_read(home: SeenBook, kind: RegisterKind) -> bool:
    """Say whether the reader of a home's book may read a register of the home.

    An entry in some registers may be about a colleague, who takes no part in it (reg 39(2)). Only
    the people who answer for the home read these registers.
    """
    return home.child is None and (
        not kind.managers_only or home.may(Permission.ANSWER_FOR_BOOK) is not None
    )


def registers_of(home: SeenBook) -> list[RegisterSeen]:
    """Return the registers of a home that this worker may read. 1 query each."""
    return [
        RegisterSeen(register.value, kind, _numbers(home, register.value))
        for register, kind in REGISTERS.items()
        if may_read(home, kind)
    ]


def register_of(home: SeenBook, name: str) -> RegisterSeen | None:
    """Return a register of a home; None if there is none or the worker may not read it. 1 query."""
    kinds = {register.value: kind for register, kind in REGISTERS.items()}
    if name not in kinds or not may_read(home, kinds[name]):
        return None
    return RegisterSeen(name, kinds[name], _numbers(home, name))


def _numbers(home: SeenBook, name: str) -> int:
    """Return how many numbers a register has. An entry that is kept from this worker has none."""
    if not REGISTERS[Register(name)].managers_only:
        return book_pages(register_id(home.home, name))
    return _rows(home, name).count()


def _rows(home: SeenBook, name: str) -> QuerySet[RegisterEntry]:
    """Return the rows of a register, without the entries that are kept from this worker."""
    rows = RegisterEntry.objects.filter(register_id=register_id(home.home, name))
    if not REGISTERS[Register(name)].managers_only:
        return rows
    return rows.filter(~Exists(hidden_from(_reader(home)).filter(leaf=OuterRef("leaf"))))


def _reader(home: SeenBook) -> EntryReader:
    """Return the worker as a reader of the entries of all books of a home.

    Who answers for the home answers for the books of its children, also of those who moved on.
    """
    return EntryReader(
        home.worker,
        everywhere=home.may(Permission.ANSWER_FOR_BOOK) is not None,
        above_everywhere=home.may(Permission.ANSWER_ABOVE) is not None,
    )


def years_of(home: SeenBook, name: str) -> list[int]:
    """Return the years in which a register has entries, newest first. 1 query."""
    rows = _rows(home, name)
    return list(rows.order_by("-year").values_list("year", flat=True).distinct())


def page(
    home: SeenBook, name: str, wanted: RowsWanted, *, at: datetime, count: int = PAGE
) -> PageSeen:
    """Return a page of a register. 4 queries (5 if filtered by open duties, 1 more for withdrawn).

    All entries has its row. A worker who may not read a book of the entry sees no name and no
    page number there.
    """
    rows = _rows(home, name)
    if wanted.year:
        rows = rows.filter(year=wanted.year)
    rows = _in_state(rows, home, wanted.state)
    if wanted.after:
        numbers = list(rows.filter(number__gt=wanted.after).order_by("number")[: count + 1])
        more, numbers = len(numbers) > count, numbers[:count]
        numbers.reverse()
        newer = numbers[0].number if more else 0
        return PageSeen(_seen(numbers, home, at), newer, numbers[-1].number - 1 if numbers else 0)
    if wanted.upto:
        rows = rows.filter(number__lte=wanted.upto)
    numbers = list(rows.order_by("-number")[: count + 1])
    more, numbers = len(numbers) > count, numbers[:count]
    newer = numbers[0].number if numbers and wanted.upto else 0
    return PageSeen(_seen(numbers, home, at), newer, numbers[-1].number - 1 if more else 0)


def _in_state(
    rows: QuerySet[RegisterEntry], home: SeenBook, state: RowState
) -> QuerySet[RegisterEntry]:
    if state is RowState.LATE:
        return rows.filter(late=True)
    if state is RowState.PUT_RIGHT:
        return rows.filter(put_right=True)
    if state is RowState.WAITING:
        return rows.filter(leaf__in=leaves_waiting(home.home, reader=_reader(home)))
    return rows


def _seen(numbers: Sequence[RegisterEntry], home: SeenBook, at: datetime) -> tuple[RowSeen, ...]:
    leaves = [row.leaf for row in numbers]
    places = list(RegisterEntryBook.objects.filter(leaf__in=leaves).order_by("leaf", "book_id"))
    books = seen_among(home.worker, {BookId(place.book_id) for place in places}, at=at)
    unnamed = Unnamed(home, leaves) if not home.names_children else None
    withdrawn = statuses_of_leaves(row.leaf for row in numbers if row.put_right)
    reader = reader_of(books.values(), worker=home.worker)
    due = duties_from(leaves, books=books, reader=reader, at=at)
    seen = []
    for row in numbers:
        of_row = [place for place in places if place.leaf == row.leaf]
        where = tuple(_where(place, books, withdrawn, unnamed) for place in of_row)
        may_read = any(place.book for place in where)  # or nothing the entry says is shown (P40)
        answers = json.loads(row.answers) if may_read else []
        if unnamed is not None:
            answers = unnamed.answers(row)
        numbered = RowSeen(
            row.number,
            in_words(row.happened_at),
            row.form,
            row.author,
            in_words(row.signed_at),
            row.late,
            tuple((label, words) for label, words in answers),
            where,
            tuple(due.get(row.leaf, ())),
        )
        seen.append(numbered)
    return tuple(seen)


def _where(
    place: RegisterEntryBook,
    books: Mapping[BookId, SeenBook],
    withdrawn: Mapping[tuple[int, BookId], StatusSeen],
    unnamed: "Unnamed | None",
) -> WhereSeen:
    book = books.get(BookId(place.book_id))
    if book is None:
        words = unnamed.child(place.book_id) if unnamed else gettext("a child")
        return WhereSeen(None, 0, "", words)
    status = withdrawn.get((place.leaf, book.id))
    return WhereSeen(book, place.number, status.status if status else "")


class Unnamed:
    """What a register says to a visitor who is not told who the children are (reg 44(2)(b)).

    They read the registers, which are the home's records; each child has a number in place of the
    name, and no way leads to a child's book.
    """

    def __init__(self, home: SeenBook, leaves: Sequence[int]) -> None:
        """Ask who the children are, and which of these entries not all staff read. 2 queries."""
        self._names = usual_names(home)
        self._hidden = {leaf for _, leaf in hidden_among(leaves, EntryReader(home.worker))}

    def child(self, book: str) -> str:
        """Return what stands for the child of a book."""
        child = ChildId(book)
        return self._names.others.named(child, self._names.naming(child), name="")

    def answers(self, row: RegisterEntry) -> list[tuple[str, str]]:
        """Return the answers of a row, without names; none of what only some of the staff read."""
        if row.leaf in self._hidden:
            return []
        said = json.loads(row.answers)
        self._names.look_at(words for _, words in said)
        return [(label, self._names.listed(words)) for label, words in said]
