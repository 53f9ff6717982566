"""Questions to the read trail: who looked at which books, newest first.

The caller says which books the asker may ask about (`people.access` decides). Every question is
bounded and follows an index by its key, so that it takes as long with ten million rows as with few.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from django.db import connections

from casebound.foundation.base.ids import BookId, WorkerId
from casebound.foundation.base.times import as_kept
from casebound.foundation.web.queries import rows_of
from casebound.people.access.readings import lists

BOOKS_AT_ONCE: Final = 100  # SQLite takes 500 questions in one statement at most
TRACES: Final = 20_000  # of several days: a home makes some thousand a week
Place = tuple[datetime, int]  # of a look in the trail: when, and its number


@dataclass(frozen=True, slots=True)
class LookSeen:
    """A look at a book; see `models.Reading`."""

    id: int
    at: datetime
    worker: WorkerId
    book: BookId
    what: str
    first: int
    last: int
    under: str
    device: str
    network: str
    why: str

    @property
    def place(self) -> Place:
        """Where it stands in the trail."""
        return self.at, self.id


@dataclass(frozen=True, slots=True)
class Trace:
    """That somebody opened a book, in some ten minutes, under one right."""

    worker: WorkerId
    book: BookId
    under: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LooksWanted:
    """Which looks are asked for.

    Attributes:
        books: at these books only; None: at any.
        worker: of this person only.
        since: from this moment on.
        until: before this moment.
        before: only what stands before this place, for the next page.
    """

    books: tuple[BookId, ...] | None
    worker: str = ""
    since: datetime | None = None
    until: datetime | None = None
    before: Place | None = None


def looks(wanted: LooksWanted, *, count: int) -> list[LookSeen]:
    """Return looks, newest first, at most `count`. 1 query for each hundred books."""
    where, values = _where(wanted)
    if wanted.books is None:
        return _looks(f"{_SELECT} WHERE {where} {_NEWEST}", [*values, count])
    if wanted.worker:  # the index by person leads, and has the book
        marks = ", ".join(["%s"] * len(wanted.books))
        if not marks:
            return []
        sql = f"{_SELECT} WHERE {where} AND book_id IN ({marks}) {_NEWEST}"
        return _looks(sql, [*values, *wanted.books, count])
    found: list[LookSeen] = []
    # The index by book has all that this asks: a row is read only of what the page shows.
    of_book = f"SELECT id, at FROM read_trail WHERE book_id = %s AND {where} {_NEWEST}"  # noqa: S608 (our own words)
    each = f"SELECT * FROM ({of_book}) AS of_book"  # noqa: S608 (our own words)
    for begin in range(0, len(wanted.books), BOOKS_AT_ONCE):
        books = wanted.books[begin : begin + BOOKS_AT_ONCE]
        newest = f"{' UNION ALL '.join([each] * len(books))} {_NEWEST}"
        sql = f"{_SELECT} WHERE id IN (SELECT id FROM ({newest}) AS newest)"  # noqa: S608 (our own words)
        of_each = [value for book in books for value in (book, *values, count)]
        found += _looks(sql, [*of_each, count])
    return sorted(found, key=lambda look: look.place, reverse=True)[:count]


def traces(books: Iterable[BookId], *, since: datetime) -> list[Trace]:
    """Return who opened these books since a moment, in steps of ten minutes. 1 query.

    What only a list showed of a book (Shift, a handover, a search) counts for nothing.
    """
    return _traces("book_id", books, since)


def traces_of(workers: Iterable[WorkerId], *, since: datetime) -> list[Trace]:
    """Return which books these people opened since a moment, as `traces` does. 1 query."""
    return _traces("worker_id", workers, since)


_SELECT: Final = (
    "SELECT id, at, worker_id, book_id, what, first, last, under, device, network, why"
    " FROM read_trail"
)
_NEWEST: Final = "ORDER BY at DESC, id DESC LIMIT %s"
_STEP: Final = {
    "sqlite": "substr(at, 1, 15)",
    "postgresql": "to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI')",
}
_STEP_LENGTH: Final = len("2026-11-30 20:3")


def _where(wanted: LooksWanted) -> tuple[str, list[Any]]:
    conditions, values = ["1 = 1"], list[Any]()
    if wanted.worker:
        conditions.append("worker_id = %s")
        values.append(wanted.worker)
    if wanted.since:
        conditions.append("at >= %s")
        values.append(_kept(wanted.since))
    if wanted.until:
        conditions.append("at < %s")
        values.append(_kept(wanted.until))
    if wanted.before:
        conditions.append("(at, id) < (%s, %s)")
        values += [_kept(wanted.before[0]), wanted.before[1]]
    return " AND ".join(conditions), values


def _kept(moment: datetime) -> Any:  # noqa: ANN401 (as the driver takes it)
    return connections["default"].ops.adapt_datetimefield_value(moment)


def _looks(sql: str, values: Sequence[Any]) -> list[LookSeen]:
    return [
        LookSeen(row[0], as_kept(row[1]), WorkerId(row[2]), BookId(row[3]), *row[4:])
        for row in rows_of("default", sql, values)
    ]


def _traces(column: str, among: Iterable[str], since: datetime) -> list[Trace]:
    wanted, left_out = list(among), sorted(lists())
    if not wanted:
        return []
    step = _STEP[connections["default"].vendor]
    sql = (
        f"SELECT DISTINCT worker_id, book_id, under, {step} FROM read_trail"  # noqa: S608 (our own names)
        f" WHERE {column} IN ({', '.join(['%s'] * len(wanted))}) AND at >= %s"
        f" AND what NOT IN ({', '.join(['%s'] * len(left_out))}) ORDER BY 4 DESC LIMIT {TRACES}"
    )
    rows = rows_of("default", sql, [*wanted, _kept(since), *left_out])
    return [Trace(WorkerId(row[0]), BookId(row[1]), row[2], _began(row[3])) for row in rows]


def _began(step: str) -> datetime:
    """Return when ten minutes began, from the moment's first letters."""
    return datetime.fromisoformat(f"{step[:_STEP_LENGTH]}0:00").replace(tzinfo=UTC)
