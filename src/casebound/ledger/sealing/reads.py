"""Reading sealed entries: decrypted, in the order of the log or by their page."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connections

from casebound.foundation.base.ids import BookId, EntryId, WorkerId
from casebound.foundation.base.times import instant
from casebound.foundation.proof.commitments import Data, Part, Text
from casebound.foundation.proof.encryption import decrypt_blob, decrypt_body, unwrap_secret
from casebound.ledger.keyring.actions import book_key
from casebound.ledger.sealing import blobs

_NO_BOOK_IS_SO_LONG = 2**31  # larger numbers do not fit the database's column for a page
CHUNK = 200  # entries read at a time, which bounds memory at any size of the log


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """A sealed entry, opened.

    Attributes:
        index: its leaf in the log, from 0.
        entry_id: 32 hex digits.
        sealed_at: the leaf's time, aware UTC.
        signed_at: aware UTC, to the second.
        signed_by: the account that signed.
        pages: for each book it is in, its number there.
        parts: as sealed, in order.
        registers: for each register that numbers it, its number there.
    """

    index: int
    entry_id: EntryId
    sealed_at: datetime
    signed_at: datetime
    signed_by: WorkerId
    pages: Mapping[BookId, int]
    parts: tuple[Part, ...] = field(repr=False)
    registers: Mapping[BookId, int] = field(default_factory=dict)

    def values(self) -> dict[str, Any]:
        """Return each part's value by its name."""
        return {p.m["n"]: p.x if isinstance(p, Text) else p.j for p in self.parts}


def size() -> int:
    """Return how many lines the log has. 1 query."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT size FROM log_head WHERE id = 1")
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def sealed_last() -> datetime:
    """Return the time of the last line of the log, aware UTC. 1 query."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT last_at FROM log_head WHERE id = 1")
        row = cursor.fetchone()
    return instant(row[0])


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
    return _one(
        "e.id = (SELECT entry_id FROM entry_key WHERE book_id = %s AND page = %s)", book, page
    )


def last_entries(book: BookId, count: int) -> list[ReadEntry]:
    """Open the last `count` entries of a book, oldest first. 1 query, and 1 for a key."""
    with connections["default"].cursor() as cursor:
        cursor.execute(_SELECT + _LAST_OF_A_BOOK, [book, count])
        rows = cursor.fetchall()
    return list(_open_all(rows))


def entry_of(entry: EntryId) -> ReadEntry | None:
    """Open an entry by its id, or return None if there is none. 1 query, and 1 for a key."""
    return _one("e.id = %s", entry)


def entries(first: int, *, until: int | None = None) -> Iterator[ReadEntry]:
    """Open the entries of leaves `first` to `until` (not included), in the order of the log.

    Memory is bounded by `CHUNK` entries; 1 query a chunk, and 1 for each book's key.
    """
    while until is None or first < until:
        last = first + CHUNK if until is None else min(first + CHUNK, until)
        with connections["default"].cursor() as cursor:
            cursor.execute(
                _SELECT + " WHERE l.idx >= %s AND l.idx < %s ORDER BY l.idx, k.book_id",
                [first, last],
            )
            rows = cursor.fetchall()
        yield from _open_all(rows)
        first = last
        if not rows and first >= size():
            return


_SELECT = (
    "SELECT l.idx, l.data, e.id, e.body, k.book_id, k.page, k.wrapped"
    " FROM log_leaf l JOIN sealed_entry e ON e.id = l.entry_id"
    " JOIN entry_key k ON k.entry_id = l.entry_id"
)
_LAST_OF_A_BOOK = (
    " WHERE e.id IN (SELECT last.entry_id FROM entry_key last JOIN book b ON b.id = last.book_id"
    " WHERE b.id = %s AND last.page > b.pages - %s) ORDER BY l.idx, k.book_id"
)


def _one(where: str, *params: str | int) -> ReadEntry | None:
    with connections["default"].cursor() as cursor:
        cursor.execute(f"{_SELECT} WHERE {where} ORDER BY k.book_id", list(params))
        rows = cursor.fetchall()
    return next(_open_all(rows), None)


def _open_all(rows: list[tuple[Any, ...]]) -> Iterator[ReadEntry]:
    at = 0
    while at < len(rows):
        index, line, entry_id, body, *_ = rows[at]
        pages: dict[BookId, int] = {}
        registers: dict[BookId, int] = {}
        through = (BookId(""), b"")
        while at < len(rows) and rows[at][0] == index:
            book, page, wrapped = BookId(rows[at][4]), rows[at][5], rows[at][6]
            if wrapped:
                pages[book] = page
                through = (book, bytes(wrapped))
            else:
                registers[book] = page
            at += 1
        yield open_entry(
            index,
            bytes(line),
            EntryId(entry_id),
            bytes(body),
            through=through,
            pages=pages,
            registers=registers,
        )


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


def open_entry(
    index: int,
    line: bytes,
    entry_id: EntryId,
    body: bytes,
    *,
    through: tuple[BookId, bytes],
    pages: Mapping[BookId, int],
    registers: Mapping[BookId, int],
) -> ReadEntry:
    """Decrypt one entry through one of its books. About 30 us.

    Decryption fails unless these are the sealed bytes. `verify` recomputes the rest.

    Raises:
        BookDestroyedError: the book's key is not in the keyring.
        MismatchError: the stored bytes were changed.
    """
    origin = settings.INSTALLATION.origin
    book, wrapped = through
    secret = unwrap_secret(wrapped, book_key(book), origin=origin, entry_id=entry_id, book_id=book)
    plain = json.loads(decrypt_body(secret, body, origin=origin, entry_id=entry_id))
    sign = plain["sign"]
    return ReadEntry(
        index,
        entry_id,
        instant(json.loads(line)["at"]),
        instant(sign["at"]),
        WorkerId(sign["u"]),
        pages,
        tuple(
            Text(part["m"], part["x"]) if "x" in part else Data(part["m"], part["j"])
            for part in plain["parts"]
        ),
        registers,
    )
