"""The rows of one entry as they are stored, and rows that cannot be read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import DatabaseError, connections

from casebound.foundation.stores.refusals import refusal_for

_ENTRY: Final = b'"t":"entry"'
_PLACE: Final = 3  # columns of a place: book, page, wrapped key


@dataclass(slots=True)
class StoredEntry:
    """The rows of one line of the log: the line, the encrypted body, the pages with their keys."""

    index: int
    line: bytes | None = None
    digest: bytes | None = None
    entry_id: str | None = None
    body: bytes | None = None
    places: list[tuple[str, int, bytes]] = field(default_factory=list)  # book, page, wrapped key
    other_lines: int = 1  # of the log: how many are of no entry
    is_unread: bool = False  # a row of it could not be read
    is_found_again: bool = False  # its line is gone, or did not say whose it is

    @classmethod
    def from_rows(cls, rows: Sequence[Sequence[Any]]) -> "StoredEntry":
        """Put the rows of the joined tables together."""
        index, line, digest, entry_id, body, *more = rows[0]
        places = [(row[5], row[6], _bytes(row[7]) or b"") for row in rows if row[5] is not None]
        others = more[3] if len(more) > _PLACE else 1
        return cls(index, _bytes(line), _bytes(digest), entry_id, _bytes(body), places, others)

    @property
    def has_lost_entry(self) -> bool:
        """Say whether its line is there, is of an entry, and no longer says of which."""
        return self.entry_id is None and self.line is not None and _ENTRY in self.line

    @property
    def is_entry(self) -> bool:
        """Say whether the line is of an entry. A line that is not there may have been one."""
        if self.entry_id is not None or self.is_unread or self.line is None:
            return True
        return _ENTRY in self.line


def _bytes(cell: Any) -> bytes | None:  # noqa: ANN401 (a cell)
    """Return a column's bytes: on SQLite, somebody may have stored text there."""
    if cell is None:
        return None
    return cell.encode() if isinstance(cell, str) else bytes(cell)


_PAGE_DAMAGE = ("malformed", "not a database", "disk I/O error")  # as SQLite says it
_PAGE_STATES = {"XX001", "XX002", "58030"}  # data or index corrupted, I/O error (PostgreSQL)


def is_unreadable(failed: DatabaseError) -> bool:
    """Say whether a query failed because a page of the store cannot be read.

    A store that is away, locked or full is another matter: there nothing is known of the page.
    """
    if getattr(failed.__cause__, "sqlstate", None) in _PAGE_STATES:
        return True
    # SQLite says "disk I/O error" of a full disk as well.
    return refusal_for(failed) is None and any(words in str(failed) for words in _PAGE_DAMAGE)


def close_if_unreadable(failed: DatabaseError, store: str) -> None:
    """Close the connection after a damaged page, which makes it unusable; else raise again."""
    if not is_unreadable(failed):
        raise failed
    if not connections[store].in_atomic_block:
        connections[store].close()
