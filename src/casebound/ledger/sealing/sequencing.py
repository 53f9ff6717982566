"""The sequencer: gives staged entries their page and their place in the log (format, section 3).

Everything here runs inside one transaction that holds the seal lock, so each function may take
what it reads for the truth. On SQLite the lock is the writers' queue of the store and the
IMMEDIATE transaction behind it; on PostgreSQL it is an advisory lock, which writes nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction

from casebound.foundation.base.ids import BookId, EntryId
from casebound.foundation.base.times import utc_text
from casebound.foundation.proof.commitments import page_mark
from casebound.foundation.proof.leaf import (
    ClockLeaf,
    EntryLeaf,
    GenesisLeaf,
    entry_leaf_data,
    leaf_data,
)
from casebound.foundation.proof.notes import Checkpoint, LogSigner
from casebound.foundation.proof.tree import CompactRange, leaf_hash
from casebound.ledger.sealing import highwater, watched_clock
from casebound.ledger.sealing.connection import StoreConnection, is_taken, lock_number
from casebound.ledger.sealing.highwater import HighWater
from casebound.ledger.sealing.staged import StagedEntry
from casebound.ledger.sealing.waiting import check_waiting, read_waiting

BATCH = 256  # format, section 3 step 3
_HASH = 32


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
        waiting: staged entries that are as they were staged, in their order, at most one batch.
        books: every book in the question or of a waiting entry, if it exists.
        unfit: staged entries that may not be signed into the log, and why (`waiting`).
    """

    size: int
    peaks: bytes
    last_at: str
    waiting: tuple[StagedEntry, ...]
    books: dict[BookId, BookNow]
    unfit: Mapping[EntryId, str] = field(default_factory=dict)

    def tree(self) -> CompactRange:
        """Return the tree of these lines, to which the next are appended."""
        peaks = [self.peaks[i : i + _HASH] for i in range(0, len(self.peaks), _HASH)]
        return CompactRange(self.size, peaks)


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
            "SELECT entry_id, fields FROM log_pending WHERE set_aside = ''"  # noqa: S608
            f" ORDER BY seq LIMIT {BATCH}"
        ),
        store.execute(*_books_asked(books)) if books else None,
    )


def seen(store: StoreConnection, cursors: LogCursors) -> LogNow | None:
    """Return the log's state; None if another process has the lock. 1 statement for more books.

    If entries wait, they are opened and checked first, for 3 statements (`waiting`).

    Raises:
        RolledBackError: the log is shorter than it was before.
    """
    if not is_taken(cursors.taken):
        return None
    size, peaks, last_at = cursors.head.fetchone()
    waiting = read_waiting(cursors.waiting.fetchall())
    books_by_id = _books(cursors.books.fetchall()) if cursors.books is not None else {}
    more = {book for entry in waiting.staged for book, _ in entry.wraps} - books_by_id.keys()
    if more:
        books_by_id |= _books(store.execute(*_books_asked(sorted(more))).fetchall())
    fit = check_waiting(store, waiting, books=books_by_id.keys())
    highwater.check_size(size)
    return LogNow(size, bytes(peaks), last_at, fit.staged, books_by_id, fit.unfit)


def look(store: StoreConnection, books: Sequence[BookId], *, wait: bool) -> LogNow | None:
    """Take the seal lock and read the log's state. Without `wait`, return None if it is taken.

    Raises:
        RolledBackError: the log is shorter than it was before.
    """
    with store.batch():
        cursors = ask(store, books, wait=wait)
    return seen(store, cursors)


def look_waiting(store: StoreConnection) -> LogNow:
    """Take the seal lock, waiting for it, and read the log's state.

    Raises:
        RolledBackError: the log is shorter than it was before.
    """
    take_seal_lock(store)
    now = seen(store, ask(store, [], wait=True))
    if now is None:  # it has the lock
        raise RuntimeError("the seal lock was taken and is not held")
    return now


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
    """Write leaf 0 and the first checkpoint. Inside a transaction; `begin_mark` comes after it."""
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


def begin_mark() -> None:
    """Write the first mark of a log that has one line, unless it is there. 1 query."""
    row = StoreConnection().execute("SELECT size, peaks FROM log_head WHERE id = 1").fetchone()
    if row is not None and row[0] == 1 and highwater.is_gone():
        highwater.write(HighWater(1, CompactRange(1, [bytes(row[1])]).root()))


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
        ClockAheadError: the clock is too far ahead.
    """
    tree = now.tree()
    # If the clock went back, the last time is used again: a leaf is never before the last one.
    at = max(utc_text(clock()), now.last_at)
    if (watched := watched_clock.watched()) is not None:
        watched.check(last_at=now.last_at)
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
    with store.batch():
        store.executemany(
            "INSERT INTO entry_key (entry_id, book_id, page, wrapped) VALUES (%s, %s, %s, %s)", keys
        )
        store.executemany(
            "INSERT INTO log_leaf (idx, hash, data, entry_id) VALUES (%s, %s, %s, %s)", leaves
        )
        store.executemany("UPDATE book SET pages = %s WHERE id = %s", grown)
        _move_head(store, tree, nodes, last_at=at)
    return places


def put_clock_right(store: StoreConnection, now: LogNow, *, first: int, true: datetime) -> None:
    """Add the line that says that the clock ran ahead from leaf `first` on, and what time it is.

    The caller holds the seal lock. The next line is no earlier than `true`.
    """
    tree = now.tree()
    line = leaf_data(ClockLeaf(now.last_at, first, utc_text(true)))
    digest = leaf_hash(line)
    store.execute(
        "INSERT INTO log_leaf (idx, hash, data, entry_id) VALUES (%s, %s, %s, NULL)",
        [now.size, digest, line],
    )
    _move_head(store, tree, tree.append(digest), last_at=utc_text(true))


def _move_head(
    store: StoreConnection,
    tree: CompactRange,
    nodes: Sequence[tuple[int, int, bytes]],
    *,
    last_at: str,
) -> None:
    """Let the log end where the tree does: its new nodes, its head, its checkpoint, and its mark.

    The next line is no earlier than `last_at`. The mark is written when the transaction commits.
    """
    root = tree.root()
    store.executemany("INSERT INTO log_node (level, idx, hash) VALUES (%s, %s, %s)", nodes)
    store.execute(
        "UPDATE log_head SET size = %s, peaks = %s, last_at = %s WHERE id = 1",
        [tree.size, b"".join(tree.peaks), last_at],
    )
    _keep_checkpoint(store, Checkpoint(settings.INSTALLATION.origin, tree.size, root))
    mark = HighWater(tree.size, root)
    transaction.on_commit(lambda: highwater.write(mark), using="default")


def forget_waiting(store: StoreConnection, now: LogNow) -> None:
    """Remove entries that have their place from the waiting list, and set the unfit ones aside."""
    store.executemany(
        "DELETE FROM log_pending WHERE entry_id = %s", [(entry.entry_id,) for entry in now.waiting]
    )
    store.executemany(
        "UPDATE log_pending SET set_aside = %s WHERE entry_id = %s",
        [(why, entry_id) for entry_id, why in now.unfit.items()],
    )


def _keep_checkpoint(store: StoreConnection, head: Checkpoint) -> None:
    store.execute(
        "INSERT INTO log_checkpoint (size, note) VALUES (%s, %s)",
        [head.size, signer().sign(head).data],
    )
