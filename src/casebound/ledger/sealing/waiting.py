"""Entries that wait for their place are checked before they are signed into the log.

A waiting row is plain data in a table, and the log is signed for ever. So each waiting entry is
opened first: its bytes must be those that were staged, and its root and its signature must be those
that follow from its words. One that is not so, or cannot be read, is set aside with the reason and
stops nobody else. `casebound verify` and the Proof page tell of it. If it is put right later, such
as by putting back a file, `casebound work` gives it its place.

It costs about 0.5 ms a waiting entry. Nothing is checked if nothing waits, which is the usual seal.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

from django.conf import settings

from casebound.foundation.base.ids import BookId, EntryId
from casebound.foundation.base.messages import gettext_noop
from casebound.foundation.base.refusals import RefusedError
from casebound.foundation.proof.commitments import EntrySecret, digest_of_hashes
from casebound.foundation.proof.encryption import unwrap_secret
from casebound.foundation.proof.entry import check_entry, open_body
from casebound.foundation.proof.errors import ProofError
from casebound.foundation.proof.leaf import EntryLeaf
from casebound.ledger.keyring.actions import book_key
from casebound.ledger.sealing import blobs
from casebound.ledger.sealing.connection import StoreConnection
from casebound.ledger.sealing.registers import NO_KEY, registers_named
from casebound.ledger.sealing.staged import StagedEntry

MALFORMED: Final = gettext_noop("its waiting row cannot be read")
NO_BYTES: Final = gettext_noop("nothing is stored of it")
OTHER_BYTES: Final = gettext_noop("the stored bytes are not those that were staged")
IN_LOG: Final = gettext_noop("it is on the log already")
NO_BOOK: Final = gettext_noop("it names a book that does not exist, or one book twice")
NO_KEY_OPENS: Final = gettext_noop("no key of its books opens it")
OTHER_WORDS: Final = gettext_noop("what it says is not what was signed")
OTHER_REGISTERS: Final = gettext_noop("it names other registers than it is numbered in")

_AT_A_TIME: Final = 256


@dataclass(frozen=True, slots=True)
class WaitingEntries:
    """Waiting entries: those that can be signed into the log; the others, with the reason."""

    staged: tuple[StagedEntry, ...]
    unfit: Mapping[EntryId, str] = field(default_factory=dict)


def read_waiting(rows: Iterable[tuple[str, bytes]]) -> WaitingEntries:
    """Read waiting rows. A row that cannot be read is unfit, and the others are read."""
    staged: list[StagedEntry] = []
    unfit: dict[EntryId, str] = {}
    for entry_id, fields in rows:
        try:
            entry = StagedEntry.from_bytes(entry_id, bytes(fields))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            unfit[EntryId(entry_id)] = MALFORMED
        else:
            staged.append(entry)
    return WaitingEntries(tuple(staged), unfit)


def check_waiting(
    store: StoreConnection, waiting: WaitingEntries, *, books: Collection[BookId]
) -> WaitingEntries:
    """Open each waiting entry and check it. 2 queries if any waits, and 1 for a key.

    `books` are the books that exist, of those that the entries name.
    """
    if not waiting.staged:
        return waiting
    ids = [entry.entry_id for entry in waiting.staged]
    marks = ", ".join(["%s"] * len(ids))
    rows = store.execute(
        "SELECT e.id, e.body, l.idx FROM sealed_entry e"  # noqa: S608 (marks alone)
        f" LEFT JOIN log_leaf l ON l.entry_id = e.id WHERE e.id IN ({marks})",
        ids,
    ).fetchall()
    body_of = {entry_id: (body, leaf) for entry_id, body, leaf in rows}
    files = blobs.digests_of(store, ids)
    fit: list[StagedEntry] = []
    unfit = dict(waiting.unfit)
    for entry in waiting.staged:
        body, leaf = body_of.get(entry.entry_id, (None, None))
        why = IN_LOG if leaf is not None else _wrong(entry, body, files, books)
        if why:
            unfit[entry.entry_id] = why
        else:
            fit.append(entry)
    return WaitingEntries(tuple(fit), unfit)


def take_back(store: StoreConnection) -> None:
    """Let the entries wait again that were set aside and are as they were signed. 1 query if none.

    The caller has the seal lock.
    """
    rows = _rows(store, "set_aside <> ''")
    if not rows:
        return
    store.executemany(
        "UPDATE log_pending SET set_aside = '' WHERE entry_id = %s",
        [(entry.entry_id,) for entry in _checked(store, rows).staged],
    )


def look_through(store: StoreConnection) -> tuple[WaitingEntries, set[EntryId]]:
    """Check every entry that waits or is set aside; also return which are set aside. 4 queries."""
    rows = _rows(store, "1 = 1")
    return _checked(store, rows), {EntryId(row[0]) for row in rows if row[2]}


def count_set_aside() -> int:
    """Return how many signed entries are set aside. 1 query."""
    row = (
        StoreConnection()
        .execute("SELECT count(*) FROM log_pending WHERE set_aside <> ''")
        .fetchone()
    )
    return int(row[0])


def _rows(store: StoreConnection, which: str) -> list[tuple[str, bytes, str]]:
    return store.execute(  # type: ignore[no-any-return]  # the driver has no types
        f"SELECT entry_id, fields, set_aside FROM log_pending WHERE {which}"  # noqa: S608 (our own words)
        f" ORDER BY seq LIMIT {_AT_A_TIME}"
    ).fetchall()


def _checked(store: StoreConnection, rows: Iterable[tuple[str, bytes, str]]) -> WaitingEntries:
    waiting = read_waiting((entry_id, fields) for entry_id, fields, _ in rows)
    named = sorted({book for entry in waiting.staged for book, _ in entry.wraps})
    marks = ", ".join(["%s"] * len(named))
    books = (
        store.execute(f"SELECT id FROM book WHERE id IN ({marks})", named).fetchall()  # noqa: S608
        if named
        else []
    )
    return check_waiting(store, waiting, books={BookId(book) for (book,) in books})


def _wrong(
    entry: StagedEntry,
    body: Any,  # noqa: ANN401 (of either database)
    files: Mapping[str, Sequence[bytes]],
    books: Collection[BookId],
) -> str:
    """Return why an entry may not be signed into the log; empty if it may."""
    if body is None:
        return NO_BYTES
    if not isinstance(body, bytes | memoryview):
        return OTHER_BYTES
    named = [book for book, _ in entry.wraps]
    if len(set(named)) != len(named) or not set(named) <= set(books):
        return NO_BOOK
    hashes = files.get(entry.entry_id, ())
    if digest_of_hashes(sha256(bytes(body)).digest(), hashes) != entry.stored:
        return OTHER_BYTES
    secret = _secret(entry)
    if secret is None:
        return NO_KEY_OPENS
    return _wrong_words(entry, bytes(body), secret)


def _secret(entry: StagedEntry) -> EntrySecret | None:
    """Return the secret that every book of an entry gives; None if one gives another, or none."""
    origin = settings.INSTALLATION.origin
    try:
        secrets = {
            unwrap_secret(
                wrapped, book_key(book), origin=origin, entry_id=entry.entry_id, book_id=book
            )
            for book, wrapped in entry.wraps
            if wrapped != NO_KEY
        }
    except (ProofError, RefusedError, ValueError):
        return None
    return secrets.pop() if len(secrets) == 1 else None


def _wrong_words(entry: StagedEntry, body: bytes, secret: EntrySecret) -> str:
    leaf = EntryLeaf("", entry.root, entry.sign_digest, (), entry.stored)
    try:
        opened = open_body(
            origin=settings.INSTALLATION.origin, entry_id=entry.entry_id, secret=secret, body=body
        )
        check_entry(opened, secret, leaf)
    except (ProofError, ValueError):
        return OTHER_WORDS
    numbered_only = {book for book, wrapped in entry.wraps if wrapped == NO_KEY}
    return "" if set(registers_named(opened.parts)) == numbered_only else OTHER_REGISTERS
