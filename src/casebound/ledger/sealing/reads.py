"""Reading sealed entries: decrypted, in the order of the log or by their page."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections

from casebound.foundation.base.ids import BookId, EntryId
from casebound.foundation.proof.encryption import decrypt_blob, unwrap_secret
from casebound.ledger.keyring.actions import book_key
from casebound.ledger.sealing import blobs, lost
from casebound.ledger.sealing.clock_corrections import ClockCorrection, corrections
from casebound.ledger.sealing.connection import StoreConnection
from casebound.ledger.sealing.opening import Cause, ReadEntry, opened, with_true_times
from casebound.ledger.sealing.stored_entry import StoredEntry, close_if_unreadable

__all__ = ["Cause", "ReadEntry", "entries", "entry_at", "entry_of", "last_entries", "size"]

_NO_BOOK_IS_SO_LONG = 2**31  # larger numbers do not fit the database's column for a page
CHUNK = 200  # entries read at a time, which bounds memory at any size of the log


def size() -> int:
    """Return how many lines the log has. 1 query."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT size FROM log_head WHERE id = 1")
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def sealed_last_text() -> str:
    """Return the time of the last line of the log, as it is sealed; empty without one. 1 query."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT last_at FROM log_head WHERE id = 1")
        row = cursor.fetchone()
    return str(row[0]) if row else ""


def clock_corrections() -> tuple[ClockCorrection, ...]:
    """Return every correction of the clock that the log tells. 1 query."""
    return corrections(StoreConnection())


def book_pages(book: BookId) -> int:
    """Return how many pages a book has, 0 for an unknown one. 1 query."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pages FROM book WHERE id = %s", [book])
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def entry_at(book: BookId, page: int) -> ReadEntry | None:
    """Open page `page` of a book, or return None if there is none. 1 query, and 1 for a key."""
    if not 0 < page < _NO_BOOK_IS_SO_LONG:
        return None
    return _one("SELECT entry_id AS id FROM entry_key WHERE book_id = %s AND page = %s", book, page)


def last_entries(book: BookId, count: int) -> list[ReadEntry]:
    """Open the last `count` entries of a book, oldest first. 1 query, and 1 for a key."""
    try:
        with connections["default"].cursor() as cursor:
            cursor.execute(_SELECT + _LAST_OF_A_BOOK, [book, count])
            rows = cursor.fetchall()
    except DatabaseError as failed:
        close_if_unreadable(failed, "default")
        pages = book_pages(book)
        found = (entry_at(book, page) for page in range(max(pages - count, 0) + 1, pages + 1))
        return [entry for entry in found if entry is not None]
    return [_opened(stored) for stored in _stored(rows)]


def entry_of(entry: EntryId) -> ReadEntry | None:
    """Open an entry by its id, or return None if there is none. 1 query, and 1 for a key."""
    return _one("SELECT %s AS id", entry)


def entries(first: int, *, until: int | None = None) -> Iterator[ReadEntry]:
    """Open the entries of leaves `first` to `until` (not included), in the order of the log.

    Memory is bounded by `CHUNK` entries; 1 query a chunk, and 1 for each book's key.
    """
    before: datetime | None = None
    end = size() if until is None else until
    while first < end:
        last = min(first + CHUNK, end)
        for stored in _lines(first, last):
            entry = _opened(stored, before=before)
            before = entry.sealed_at
            yield entry
        first = last
        if until is None and first == end:
            end = size()


# The last column: how many lines are of no entry. The first one is, and each correction.
_SELECT = (
    "SELECT l.idx, l.data, l.hash, l.entry_id, e.body, k.book_id, k.page, k.wrapped,"
    " (SELECT count(*) FROM log_leaf WHERE entry_id IS NULL)"
    " FROM log_leaf l LEFT JOIN sealed_entry e ON e.id = l.entry_id"
    " LEFT JOIN entry_key k ON k.entry_id = l.entry_id"
)
_SELECT_ONE = (
    "SELECT l.idx, l.data, l.hash, wanted.id, e.body, k.book_id, k.page, k.wrapped,"
    " (SELECT count(*) FROM log_leaf WHERE entry_id IS NULL)"
    " FROM ({}) wanted LEFT JOIN log_leaf l ON l.entry_id = wanted.id"
    " LEFT JOIN sealed_entry e ON e.id = wanted.id"
    " LEFT JOIN entry_key k ON k.entry_id = wanted.id ORDER BY k.book_id"
)
_LAST_OF_A_BOOK = (
    " WHERE l.entry_id IN (SELECT last.entry_id FROM entry_key last"
    " JOIN book b ON b.id = last.book_id"
    " WHERE b.id = %s AND last.page > b.pages - %s) ORDER BY l.idx, k.book_id"
)


def _stored(rows: Sequence[tuple[Any, ...]]) -> list[StoredEntry]:
    """Put the rows of each line together."""
    return [StoredEntry.from_rows(list(of_line)) for _, of_line in groupby(rows, key=itemgetter(0))]


def _lines(first: int, last: int) -> list[StoredEntry]:
    """Read the entries of these lines. A line that is gone is of an entry that is damaged."""
    try:
        with connections["default"].cursor() as cursor:
            cursor.execute(
                _SELECT + " WHERE l.idx >= %s AND l.idx < %s ORDER BY l.idx, k.book_id",
                [first, last],
            )
            stored = _stored(cursor.fetchall())
    except DatabaseError as failed:
        close_if_unreadable(failed, "default")
        stored = [lost.line_alone(index) for index in range(first, last)]
    if len(stored) < last - first or any(line.has_lost_entry for line in stored):
        stored = lost.with_lost_lines(stored, first, last, size=size())
    return [line for line in stored if line.is_entry]


def _one(query: str, *params: str | int) -> ReadEntry | None:
    """Open the entry whose id a query names."""
    try:
        with connections["default"].cursor() as cursor:
            cursor.execute(_SELECT_ONE.format(query), list(params))
            rows = cursor.fetchall()
    except DatabaseError as failed:
        close_if_unreadable(failed, "default")
        stored = lost.entry_alone(query, *params)
        return None if stored is None else _opened(stored)
    if not rows or (rows[0][0] is None and rows[0][5] is None):
        return None  # it is none, or waits for its line
    stored = StoredEntry.from_rows(rows)
    return _opened(lost.with_line(stored, size=size()) if rows[0][0] is None else stored)


def _opened(stored: StoredEntry, *, before: datetime | None = None) -> ReadEntry:
    """Open a stored entry, with its true times if the log says that its clock ran ahead."""
    entry = opened(stored, before=before)
    put_right = _corrections(stored.other_lines)
    return with_true_times(entry, put_right) if put_right else entry


def _corrections(other_lines: int) -> tuple[ClockCorrection, ...]:
    """Return the corrections of the clock, read once for each number of lines without an entry."""
    if other_lines <= 1:
        return ()
    key = settings.INSTALLATION.origin, other_lines
    if key not in _put_right:
        _put_right.clear()
        _put_right[key] = clock_corrections()
    return _put_right[key]


_put_right: dict[tuple[str, int], tuple[ClockCorrection, ...]] = {}


def forget_corrections() -> None:
    """Forget what was read of the log's corrections, as when another log is put in its place."""
    _put_right.clear()


def file_of(entry: EntryId, part: int, *, book: BookId) -> Iterator[bytes] | None:
    """Open the file attached to a part, through a book; None if there is none. 1 query.

    It yields the bytes in pieces, after it has checked that the whole file is what was sealed.

    Raises:
        BookDestroyedError: the book's key is not in the keyring.
        MismatchError: the stored bytes were changed.
        FileNotFoundError: the file is gone.
    """
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT b.locator, k.wrapped FROM entry_blob b"
            " JOIN entry_key k ON k.entry_id = b.entry_id"
            " WHERE b.entry_id = %s AND b.part = %s AND k.book_id = %s",
            [entry, part, book],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    origin = settings.INSTALLATION.origin
    secret = unwrap_secret(
        bytes(row[1]), book_key(book), origin=origin, entry_id=entry, book_id=book
    )
    return decrypt_blob(secret, part, lambda: blobs.read(row[0]), origin=origin, entry_id=entry)


def files_known() -> set[str]:
    """Return the name of every file that an entry has. 1 query; 32 bytes of each in memory."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT locator FROM entry_blob")
        return {row[0] for row in cursor.fetchall()}
