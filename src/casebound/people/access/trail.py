"""Reading the trail for its digests. Nobody reads it here to know who looked."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from itertools import groupby
from typing import Any, Final

from django.db import connections

from casebound.foundation.base.calendar import A_DAY, day_of, start_of
from casebound.foundation.base.times import as_kept
from casebound.ledger.sealing.reads import book_pages, entry_at
from casebound.people.access.entries import TrailDayDigested, trail_book

AT_A_TIME: Final = 2000  # rows in memory
_ROWS: Final = (
    "SELECT id, at, worker_id, book_id, what, first, last, under, device, network, why"
    " FROM read_trail"
    " WHERE id > %s AND id <= %s ORDER BY id LIMIT %s"
)


@dataclass(slots=True)
class Digest:
    """The digest of some rows of the trail, while it is worked out."""

    first: int = 0
    last: int = 0
    looks: int = 0
    late: int = 0
    _hash: Any = field(default_factory=sha256)

    def add(self, row: tuple[Any, ...], *, digested_until: datetime | None) -> None:
        """Add a row; it is late if its day was digested before."""
        number, at, *rest = row
        moment = as_kept(at)
        self.first, self.last = self.first or number, number
        self.looks += 1
        self.late += digested_until is not None and moment < digested_until
        self._hash.update(repr((number, moment.isoformat(), *rest)).encode() + b"\n")

    @property
    def hash(self) -> str:
        """The hash of the rows, as hex digits."""
        return str(self._hash.hexdigest())


def rows_between(after: int, last: int) -> Iterator[tuple[Any, ...]]:
    """Yield the rows behind number `after`, up to number `last`, in their order."""
    while True:
        with connections["default"].cursor() as cursor:
            cursor.execute(_ROWS, [after, last, AT_A_TIME])
            rows = cursor.fetchall()
        yield from rows
        if len(rows) < AT_A_TIME:
            return
        after = rows[-1][0]


def last_row_before(moment: datetime, *, after: int) -> int:
    """Return the last row behind number `after` whose time is before a moment; 0 if none is."""
    store = connections["default"]
    with store.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(max(id), 0) FROM read_trail WHERE id > %s AND at < %s",
            [after, store.ops.adapt_datetimefield_value(moment)],
        )
        return int(cursor.fetchone()[0])


def days_between(
    after: int, last: int, *, until: date
) -> Iterator[tuple[date, Iterator[tuple[Any, ...]]]]:
    """Yield rows in their order, by the latest day that was reached with each of them.

    A time after the day `until` is of a clock that was wrong, and counts as of that day.
    """
    reached = date.min

    def day_reached(row: tuple[Any, ...]) -> date:
        nonlocal reached
        reached = max(reached, min(day_of(as_kept(row[1])), until))
        return reached

    yield from groupby(rows_between(after, last), key=day_reached)


def last_digest() -> TrailDayDigested | None:
    """Return the newest digest, or None. 2 queries."""
    return next(digests(newest=1), None)


def digests(*, newest: int | None = None) -> Iterator[TrailDayDigested]:
    """Yield every digest, or the `newest` ones, oldest first. 1 query each."""
    pages = book_pages(trail_book())
    first = 1 if newest is None else max(1, pages - newest + 1)
    for page in range(first, pages + 1):
        entry = entry_at(trail_book(), page)
        if entry is not None:
            yield TrailDayDigested.read(entry)


def end_of_digested(day: str) -> datetime:
    """Return the moment at which a digested day was over."""
    return start_of(date.fromisoformat(day) + A_DAY)
