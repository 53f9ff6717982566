"""Finding where a damaged entry stands when its own rows do not say so.

The line of an entry holds a mark for each of its pages. With the secret tag of a book, a mark
proves a page number. So a page whose row is gone is found again by its mark. An entry whose line is
gone is found by its other rows. Nothing of this is asked of an undamaged ledger.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import DatabaseError, connections

from casebound.foundation.base.ids import BookId
from casebound.foundation.proof.commitments import page_mark
from casebound.foundation.proof.leaf import EntryLeaf
from casebound.ledger.keyring.actions import has_key
from casebound.ledger.sealing.stored_entry import StoredEntry, close_if_unreadable


def lost_places(leaf: EntryLeaf, there: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return the pages of an entry's line that have no row any more: book and page. 2 queries."""
    known = set(there)
    marks = set(leaf.marks)
    return [
        (book, page)
        for book, page, tag in _free_pages()
        if (book, page) not in known and page_mark(tag, page, leaf.root) in marks
    ]


def is_register(book: BookId) -> bool:
    """Say whether this numbers entries without holding them: none of its pages has a key."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM entry_key WHERE book_id = %s AND length(wrapped) > 0 LIMIT 1", [book]
        )
        if cursor.fetchone() is not None:
            return False
    return not has_key(book)


def _free_pages() -> Iterator[tuple[str, int, bytes]]:
    """Yield the pages of all books that no row has, each with its book's tag."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT b.id, b.pages, b.tag FROM book b WHERE b.pages >"
            " (SELECT count(*) FROM entry_key k WHERE k.book_id = b.id AND k.page <= b.pages)"
        )
        books = cursor.fetchall()
        for book, pages, tag in books:
            cursor.execute("SELECT page FROM entry_key WHERE book_id = %s", [book])
            there = {row[0] for row in cursor.fetchall()}
            for page in range(1, pages + 1):
                if page not in there:
                    yield book, page, bytes(tag)


def without_line() -> list[str]:
    """Return the entries that have pages and no line of the log, in the order they were stored."""
    postgres = connections["default"].vendor == "postgresql"
    order = "e.ctid" if postgres else "e.rowid"
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT e.id FROM sealed_entry e"  # noqa: S608 (our own names)
            " WHERE NOT EXISTS (SELECT 1 FROM log_leaf l WHERE l.entry_id = e.id)"
            " AND EXISTS (SELECT 1 FROM entry_key k WHERE k.entry_id = e.id)"
            f" ORDER BY {order}"
        )
        return [row[0] for row in cursor.fetchall()]


def missing_lines(size: int) -> list[int]:
    """Return the lines of a log of `size` that are gone, or no longer say whose they are."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT idx FROM log_leaf WHERE idx < %s AND entry_id IS NOT NULL ORDER BY idx", [size]
        )
        there = {row[0] for row in cursor.fetchall()}
        cursor.execute("SELECT idx, data FROM log_leaf WHERE entry_id IS NULL")
        there |= {index for index, data in cursor.fetchall() if b'"t":"entry"' not in bytes(data)}
    return [index for index in range(size) if index not in there]


def entries_of_missing_lines(size: int) -> dict[int, str]:
    """Return which entries the missing lines were of, as far as the order of storing tells."""
    try:
        lines, entries = missing_lines(size), without_line()
    except DatabaseError as failed:
        close_if_unreadable(failed, "default")
        return {}
    return dict(zip(lines, entries, strict=False)) if len(lines) == len(entries) else {}


def with_lost_lines(
    stored: Sequence[StoredEntry], first: int, last: int, *, size: int
) -> list[StoredEntry]:
    """Return the lines `first` to `last` with an entry for each line that is gone."""
    of_lines = entries_of_missing_lines(size)
    by_index = {line.index: line for line in stored}
    for index in range(first, last):
        line = by_index.get(index)
        if line is None or line.has_lost_entry:
            by_index[index] = line = line or StoredEntry(index)
            line.is_found_again = True
            _rows_of(line, of_lines.get(index))
    return [by_index[index] for index in range(first, last)]


def with_line(stored: StoredEntry, *, size: int) -> StoredEntry:
    """Return an entry that no line names with the line that it had, as far as that is known."""
    lines = {entry: line for line, entry in entries_of_missing_lines(size).items()}
    stored.index = lines.get(str(stored.entry_id), -1)
    stored.is_found_again = True
    line = _alone(stored, "SELECT data, hash FROM log_leaf WHERE idx = %s", stored.index)
    if line:
        stored.line, stored.digest = bytes(line[0][0]), bytes(line[0][1])
    return stored


def line_alone(index: int) -> StoredEntry:
    """Read a line and each row of its entry by themselves: a page of the file is damaged."""
    stored = StoredEntry(index)
    line = _alone(stored, "SELECT data, hash, entry_id FROM log_leaf WHERE idx = %s", index)
    if line:
        stored.line, stored.digest = bytes(line[0][0]), bytes(line[0][1])
        return _rows_of(stored, line[0][2])
    # The index of entries may still say whose line it is.
    named = _alone(
        stored, "SELECT entry_id FROM log_leaf WHERE entry_id > '' AND idx + 0 = %s", index
    )
    return _rows_of(stored, named[0][0] if named else None)


def entry_alone(query: str, *params: str | int) -> StoredEntry | None:
    """Read the entry that a query names, each row by itself; None if it names none."""
    stored = StoredEntry(-1)
    named = _alone(stored, query, *params)
    if not named:
        return stored if stored.is_unread else None
    line = _alone(stored, "SELECT idx, data, hash FROM log_leaf WHERE entry_id = %s", named[0][0])
    if line:
        stored.index, stored.line, stored.digest = line[0][0], bytes(line[0][1]), bytes(line[0][2])
    _rows_of(stored, named[0][0])
    return stored if line or stored.places or stored.is_unread else None


def _rows_of(stored: StoredEntry, entry: str | None) -> StoredEntry:
    """Read the body and the pages of an entry, each by itself."""
    if entry is None:
        return stored
    stored.entry_id = entry
    body = _alone(stored, "SELECT body FROM sealed_entry WHERE id = %s", entry)
    stored.body = bytes(body[0][0]) if body else None
    stored.places = [
        (book, page, bytes(wrapped))
        for book, page, wrapped in _alone(
            stored, "SELECT book_id, page, wrapped FROM entry_key WHERE entry_id = %s", entry
        )
    ]
    return stored


def _alone(stored: StoredEntry, query: str, *params: str | int) -> list[tuple[Any, ...]]:
    """Return the rows of a query; none, and the entry is unread, if a page cannot be read."""
    try:
        with connections["default"].cursor() as cursor:
            cursor.execute(query, list(params))
            rows: list[tuple[Any, ...]] = cursor.fetchall()
    except DatabaseError as failed:
        close_if_unreadable(failed, "default")
        stored.is_unread = True
        return []
    return rows
