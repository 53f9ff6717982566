"""The sequencer: gives staged entries their page and their place in the log (format, section 3).

Everything here runs inside one transaction that holds the seal lock, so each function may take
what it reads for the truth. On SQLite the lock is the writers' queue of the store and the
IMMEDIATE transaction behind it; on PostgreSQL it is an advisory lock, which writes nothing.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction

from casebound.foundation.base.ids import BookId, EntryId
from casebound.foundation.base.times import utc_text
from casebound.foundation.proof.commitments import page_mark
from casebound.foundation.proof.leaf import EntryLeaf, GenesisLeaf, entry_leaf_data, leaf_data
from casebound.foundation.proof.notes import Checkpoint, LogSigner
from casebound.foundation.proof.tree import CompactRange, leaf_hash
from casebound.ledger.sealing import highwater
from casebound.ledger.sealing.connection import StoreConnection, is_taken, lock_number
from casebound.ledger.sealing.highwater import HighWater

BATCH = 256  # format, section 3 step 3
_HASH = 32


@dataclass(frozen=True, slots=True)
class StagedEntry:
    """A signed entry on its way into the log.

    Attributes:
        entry_id: 32 hex digits.
        root: ER, 32 bytes.
        sign_digest: SD, 32 bytes.
        stored: the digest of the stored bytes, 32 bytes.
        wraps: for each book, the entry's secret wrapped under the book's key; then for each
            register an empty one.
    """

    entry_id: EntryId
    root: bytes
    sign_digest: bytes
    stored: bytes
    wraps: tuple[tuple[BookId, bytes], ...]
    blobs: tuple[tuple[int, str], ...] = ()

    def to_bytes(self) -> bytes:
        """Write it for the pending table. Only hashes and wrapped secrets: nothing to read."""
        return json.dumps(
            {
                "e": self.root.hex(),
                "s": self.sign_digest.hex(),
                "b": self.stored.hex(),
                "w": [[book, wrapped.hex()] for book, wrapped in self.wraps],
            }
        ).encode()

    @classmethod
    def from_bytes(cls, entry_id: str, fields: bytes) -> "StagedEntry":
        """Read what `to_bytes` wrote."""
        values = json.loads(fields)
        return cls(
            EntryId(entry_id),
            bytes.fromhex(values["e"]),
            bytes.fromhex(values["s"]),
            bytes.fromhex(values["b"]),
            tuple((BookId(book), bytes.fromhex(wrapped)) for book, wrapped in values["w"]),
        )


@dataclass(frozen=True, slots=True)
class EntryPlace:
    """Where a sealed entry is: its leaf, its time, its page in each of its books and registers."""

    index: int
    at: str
    pages: dict[BookId, int]


@dataclass(frozen=True, slots=True)
class BookNow:
    """The present state of a book: its secret tag and how many pages it has."""

    tag: bytes
    pages: int


@dataclass(frozen=True, slots=True)
class LogNow:
    """The present state of the log, and the entries that wait for a place in it.

    Attributes:
        size: how many lines.
        peaks: the compact range.
        last_at: the time of the last line.
        waiting: staged entries, in the order they were staged, at most one batch.
        books: every book in the question or of a waiting entry, if it exists.
    """

    size: int
    peaks: bytes
    last_at: str
    waiting: tuple[StagedEntry, ...]
    books: dict[BookId, BookNow]


def signer() -> LogSigner:
    """Return the log's signing key, ready to sign."""
    return _signer(settings.INSTALLATION.origin, settings.INSTALLATION.signing_seed)


@cache
def _signer(origin: str, seed: bytes) -> LogSigner:
    return LogSigner(origin, Ed25519PrivateKey.from_private_bytes(seed))


def take_seal_lock(store: StoreConnection) -> None:
    """Take the seal lock for the rest of the transaction. SQLite's transaction is the lock."""
    store.lock(_lock_number())


def try_seal_lock(store: StoreConnection) -> Any:  # noqa: ANN401 (a cursor)
    """Take the seal lock if it is free; `is_taken` says whether."""
    return store.try_lock(_lock_number())


def wait_for_seal_lock(store: StoreConnection) -> None:
    """Wait until the seal lock is released, without taking it.

    Waiting is shared: all who wait go on at once, and do not wake each other one by one.
    """
    store.wait_for(_lock_number())


@dataclass(frozen=True, slots=True)
class LogCursors:
    """The cursors of a query about the log that is still running. `look` reads its answer."""

    taken: Any  # cursors, whose rows the driver has no types for
    head: Any
    waiting: Any
    books: Any


def ask(store: StoreConnection, books: Sequence[BookId], *, wait: bool) -> LogCursors:
    """Take the seal lock, if it is free or must be taken, and query the log's state. 4 statements.

    The state is read after the lock is taken. In a `batch` they are sent with other statements.
    """
    if wait:
        take_seal_lock(store)
    return LogCursors(
        None if wait else try_seal_lock(store),
        store.execute("SELECT size, peaks, last_at FROM log_head WHERE id = 1"),
        store.execute(
            f"SELECT entry_id, fields FROM log_pending ORDER BY seq LIMIT {BATCH}"  # noqa: S608
        ),
        store.execute(*_books_asked(books)) if books else None,
    )


def seen(store: StoreConnection, cursors: LogCursors) -> LogNow | None:
    """Return the log's state; None if another process has the lock. 1 statement for more books.

    Raises:
        RolledBackError: the log is shorter than it was before.
    """
    if not is_taken(cursors.taken):
        return None
    size, peaks, last_at = cursors.head.fetchone()
    staged = tuple(
        StagedEntry.from_bytes(entry_id, bytes(staged))
        for entry_id, staged in cursors.waiting.fetchall()
    )
    books_by_id = _books(cursors.books.fetchall()) if cursors.books is not None else {}
    more = {book for entry in staged for book, _ in entry.wraps} - books_by_id.keys()
    if more:
        books_by_id |= _books(store.execute(*_books_asked(sorted(more))).fetchall())
    highwater.check_size(size)
    return LogNow(size, bytes(peaks), last_at, staged, books_by_id)


def look(store: StoreConnection, books: Sequence[BookId], *, wait: bool) -> LogNow | None:
    """Take the seal lock and read the log's state. Without `wait`, return None if it is taken.

    Raises:
        RolledBackError: the log is shorter than it was before.
    """
    with store.batch():
        cursors = ask(store, books, wait=wait)
    return seen(store, cursors)


@lru_cache(maxsize=8)
def _lock_of(origin: str) -> int:
    return lock_number(b"sr1/lock\n" + origin.encode())


def _lock_number() -> int:
    return _lock_of(settings.INSTALLATION.origin)


def _books_asked(books: Sequence[BookId]) -> tuple[str, Sequence[BookId]]:
    marks = ",".join(["%s"] * len(books))
    return f"SELECT id, tag, pages FROM book WHERE id IN ({marks})", books  # noqa: S608


def _books(rows: Iterable[tuple[str, bytes, int]]) -> dict[BookId, BookNow]:
    return {BookId(book): BookNow(bytes(tag), pages) for book, tag, pages in rows}


def begin_log(*, at: datetime) -> None:
    """Write leaf 0 and the first checkpoint. Inside a transaction."""
    line = leaf_data(GenesisLeaf(utc_text(at), settings.INSTALLATION.origin, signer().key.vkey))
    tree = CompactRange()
    digest = leaf_hash(line)
    tree.append(digest)
    store = StoreConnection()
    store.execute(
        "INSERT INTO log_leaf (idx, hash, data, entry_id) VALUES (0, %s, %s, NULL)", [digest, line]
    )
    store.execute(
        "INSERT INTO log_head (id, size, peaks, last_at) VALUES (1, 1, %s, %s)",
        [digest, utc_text(at)],
    )
    root = tree.root()
    _keep_checkpoint(store, Checkpoint(settings.INSTALLATION.origin, 1, root))
    highwater.write(HighWater(1, root))


def append(
    store: StoreConnection,
    now: LogNow,
    staged: Sequence[StagedEntry],
    *,
    clock: Callable[[], datetime],
) -> dict[EntryId, EntryPlace]:
    """Give each of `staged` its pages and its leaf, in order, under one signed checkpoint.

    The caller holds the seal lock. 6 statements, however many entries, sent together; one
    signature.

    Raises:
        KeyError: a book of an entry does not exist.
    """
    tree = CompactRange(
        now.size, [now.peaks[i : i + _HASH] for i in range(0, len(now.peaks), _HASH)]
    )
    # If the clock went back, the last time is used again: a leaf is never before the last one.
    at = max(utc_text(clock()), now.last_at)
    counts = {book: was.pages for book, was in now.books.items()}
    places: dict[EntryId, EntryPlace] = {}
    leaves, keys, nodes = [], [], []
    for entry in staged:
        marks = []
        pages: dict[BookId, int] = {}
        for book, wrapped in entry.wraps:
            counts[book] += 1
            pages[book] = counts[book]
            marks.append(page_mark(now.books[book].tag, counts[book], entry.root))
            keys.append((entry.entry_id, book, counts[book], wrapped))
        line = entry_leaf_data(
            EntryLeaf(at, entry.root, entry.sign_digest, tuple(marks), entry.stored)
        )
        digest = leaf_hash(line)
        places[entry.entry_id] = EntryPlace(tree.size, at, pages)
        leaves.append((tree.size, digest, line, entry.entry_id))
        nodes += tree.append(digest)
    grown = [(n, book) for book, n in counts.items() if n != now.books[book].pages]
    root = tree.root()
    with store.batch():
        store.executemany(
            "INSERT INTO entry_key (entry_id, book_id, page, wrapped) VALUES (%s, %s, %s, %s)", keys
        )
        store.executemany(
            "INSERT INTO log_leaf (idx, hash, data, entry_id) VALUES (%s, %s, %s, %s)", leaves
        )
        store.executemany("INSERT INTO log_node (level, idx, hash) VALUES (%s, %s, %s)", nodes)
        store.executemany("UPDATE book SET pages = %s WHERE id = %s", grown)
        store.execute(
            "UPDATE log_head SET size = %s, peaks = %s, last_at = %s WHERE id = 1",
            [tree.size, b"".join(tree.peaks), at],
        )
        _keep_checkpoint(store, Checkpoint(settings.INSTALLATION.origin, tree.size, root))
    mark = HighWater(tree.size, root)
    transaction.on_commit(lambda: highwater.write(mark), using="default")
    return places


def forget_waiting(store: StoreConnection, staged: Sequence[StagedEntry]) -> None:
    """Remove entries that have their place from the waiting list."""
    store.executemany(
        "DELETE FROM log_pending WHERE entry_id = %s", [(entry.entry_id,) for entry in staged]
    )


def _keep_checkpoint(store: StoreConnection, head: Checkpoint) -> None:
    store.execute(
        "INSERT INTO log_checkpoint (size, note) VALUES (%s, %s)",
        [head.size, signer().sign(head).data],
    )
