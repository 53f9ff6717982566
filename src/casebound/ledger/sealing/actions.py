"""Sealing: a signed entry is encrypted, committed, given its page, and barred (P58, P64)."""

import errno
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections, transaction

from casebound.foundation.base.ids import BookId, EntryId, WorkerId, new_id
from casebound.foundation.base.refusals import RefusedError
from casebound.foundation.base.times import utc_text
from casebound.foundation.proof.commitments import EntrySecret, Part
from casebound.foundation.proof.encryption import encrypt_blob, wrap_secret
from casebound.foundation.proof.entry import file_parts, seal_bytes
from casebound.foundation.proof.statements import attest
from casebound.ledger.keyring.actions import begin_keyring, book_key, make_book_key
from casebound.ledger.sealing import blobs, sequencing
from casebound.ledger.sealing.plain import Plain, is_taken
from casebound.ledger.sealing.registers import NO_KEY, open_registers, registers_named
from casebound.ledger.sealing.sequencing import LogNow, Place, StagedEntry


class StaleBookError(RefusedError):
    """The book has grown since the person read it, and what they do depends on what it says."""

    what = "This was not sealed, because the book has changed since you opened it."
    why = "Somebody else sealed a page meanwhile, and what you do here depends on what it says."
    do = "Read the new pages, then try again. Nothing you typed is lost."

    def __init__(self, book: BookId, *, read: int, now: int) -> None:
        """Keep which pages are new: `read`+1 to `now`."""
        new = f"no. {now}" if now == read + 1 else f"nos {read + 1} to {now}"
        super().__init__(f"New since then: {new}.")
        self.book, self.read, self.now = book, read, now

    @property
    def new_numbers(self) -> list[int]:
        """The pages sealed since, the newest ten of them."""
        return list(range(max(self.read + 1, self.now - 9), self.now + 1))


class NoSuchBookError(RefusedError):
    """An entry names a book that does not exist."""

    what = "This was not sealed, because its book does not exist."
    do = "Go back to the Shift page and choose the book again."


class StoreFullError(RefusedError):
    """The disk, or what the store may use of it, is full."""

    what = "This was not sealed, because there is no room left on the disk of casebound."
    do = "Tell the person who looks after casebound. Your draft is kept; sign it again later."


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """An entry as its author signs it.

    Attributes:
        books: the books it becomes a page of, 1 or more.
        parts: as sealed, in order (format 1.4).
        signed_by: the account that proved again who it is.
        signed_at: aware; the moment of signing.
        auth: how that was proved, such as `password+totp`.
        expects: for each book whose state matters, how many pages it had when it was read.
        registers: those that number it without holding it; `parts` names the same ones.
        files: for each part that describes an attached file, what gives its bytes, piece by piece.
    """

    books: tuple[BookId, ...]
    parts: tuple[Part, ...]
    signed_by: WorkerId
    signed_at: datetime
    auth: str
    entry_id: EntryId = field(default_factory=lambda: EntryId(new_id()))
    expects: Mapping[BookId, int] = field(default_factory=dict)
    registers: tuple[BookId, ...] = ()
    files: Mapping[int, Callable[[], Iterable[bytes]]] = field(default_factory=dict)

    @property
    def numbered_in(self) -> tuple[BookId, ...]:
        """Everything that gives it a number: its books, then its registers."""
        return (*self.books, *self.registers)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed entry: its identity, its leaf, its number in each of its books and registers."""

    entry_id: EntryId
    index: int
    at: str
    numbers: dict[BookId, int]
    registers: dict[BookId, int] = field(default_factory=dict)


def begin_ledger(*, at: datetime) -> None:
    """Begin an installation's keyring and log. Once."""
    begin_keyring(at=at)
    with transaction.atomic(using="default"):
        sequencing.begin_log(at=at)


def open_book(book: BookId | None = None) -> BookId:
    """Make an empty book with its key and its secret tag.

    The key is durable first: a key without a book is harmless, a book without a key is lost.
    """
    book = book or BookId(new_id())
    make_book_key(book)
    with transaction.atomic(using="default"), connections["default"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO book (id, tag, pages) VALUES (%s, %s, 0)", [book, secrets.token_bytes(32)]
        )
    return book


def seal(
    new: NewEntry,
    *,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    with_it: Callable[[Plain], object] | None = None,
    meanwhile: Callable[[Sealed], None] | None = None,
) -> Sealed:
    """Seal one entry; it is durable and has its number when this returns.

    With the lock free: one transaction, one flush to disk, about 12 statements. With the lock
    taken (PostgreSQL): the entry is staged and flushed, and whoever has the lock sequences
    everybody's waiting entries together. `with_it` runs in the staging transaction (it deletes
    the draft); the entry and it happen together or not at all. If it returns something to call,
    that is called before the commit, when its statements have been answered. `meanwhile` may run
    while the disk is waited for, with what will be sealed if that goes well; it raises nothing.

    Raises:
        StaleBookError: a book in `new.expects` has other pages than were read.
        NoSuchBookError: a book does not exist.
        RolledBackError: the log is shorter than it once was.
        StoreFullError: there is no room left to write.
        ProofError: a part is outside the format's limits.
        ValueError: it is in no book, or its parts name other registers than it is numbered in.
    """
    open_registers(new.registers)
    with refusing_when_full():
        staged, body = build(new)
        try:
            with transaction.atomic(using="default"):
                plain = Plain()
                with plain.errors():
                    place = _seal_now(
                        plain, staged, body, new, clock=clock, with_it=with_it, meanwhile=meanwhile
                    )
        except RefusedError:
            # Refused before the commit, so surely not sealed. After any other failure nobody
            # knows, and the files wait a day.
            for _, locator in staged.blobs:
                blobs.remove(locator)
            raise
        if place is None:
            place = sequence(new.entry_id, clock=clock)
    return _sealed(new, place)


def _sealed(new: NewEntry, place: Place) -> Sealed:
    numbers = {book: n for book, n in place.pages.items() if book not in new.registers}
    registers = {book: n for book, n in place.pages.items() if book in new.registers}
    return Sealed(new.entry_id, place.index, place.at, numbers, registers)


def build(new: NewEntry) -> tuple[StagedEntry, bytes]:
    """Work out an entry's secret, commitments, signature and encrypted body.

    About 0.5 ms for 180 words, outside any lock. Nothing is kept but attached files, encrypted:
    if the entry is not sealed after all, `casebound work` takes them away.

    Raises:
        ValueError: it is in no book, or its parts name other registers than it is numbered in.
    """
    if not new.books or registers_named(new.parts) != new.registers:
        raise ValueError("an entry is in a book, and names the registers it is numbered in")
    origin = settings.INSTALLATION.origin
    secret = EntrySecret(secrets.token_bytes(32))
    files = _store_files(new, secret)
    sealed = seal_bytes(
        origin=origin,
        entry_id=new.entry_id,
        secret=secret,
        parts=new.parts,
        statement_of_signing=attest(
            at=utc_text(new.signed_at), auth=new.auth, origin=origin, user=new.signed_by
        ),
        blobs=[stored.digest for _, stored in files],
    )
    wraps = tuple(
        (
            book,
            wrap_secret(secret, book_key(book), origin=origin, entry_id=new.entry_id, book_id=book),
        )
        for book in new.books
    )
    wraps += tuple((register, NO_KEY) for register in new.registers)
    staged = StagedEntry(
        new.entry_id,
        sealed.root,
        sealed.sign_digest,
        sealed.stored,
        wraps,
        tuple((part, stored.locator) for part, stored in files),
    )
    return staged, sealed.body


def _store_files(new: NewEntry, secret: EntrySecret) -> list[tuple[int, blobs.Stored]]:
    """Encrypt the attached files onto the disk, and make sure that they are what is signed.

    Raises:
        ValueError: they are not those that the parts describe. Nothing is kept of them.
    """
    described = file_parts(new.parts)
    if described.keys() != new.files.keys():
        raise ValueError("an entry has a file for each part that describes one")
    origin, kept = settings.INSTALLATION.origin, list[tuple[int, blobs.Stored]]()
    try:
        for part, file in described.items():
            seen = _Seen()
            pieces = seen.passing(new.files[part]())
            kept.append(
                (part, blobs.write(
                    encrypt_blob(secret, part, pieces, origin=origin, entry_id=new.entry_id)
                ))
            )  # fmt: skip
            if (seen.digest.hexdigest(), seen.size) != (file.sha256, file.size):
                raise ValueError("an attached file is not the one that its part describes")  # noqa: TRY301
    except BaseException:
        for _, stored in kept:
            blobs.remove(stored.locator)
        raise
    return kept


class _Seen:
    """What passed by: its hash and its size."""

    def __init__(self) -> None:
        self.digest, self.size = sha256(), 0

    def passing(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self.digest.update(piece)
            self.size += len(piece)
            yield piece


def sequence(wanted: EntryId, *, clock: Callable[[], datetime]) -> Place:
    """Sequence waiting entries, a batch at a time, until `wanted` has its place.

    Whoever finds the lock free does it for everybody; the others wait until that is done, and
    then only look where their entry is.
    """
    while True:
        with transaction.atomic(using="default"):
            plain = Plain()
            with plain.errors():
                place = _find_place(plain, wanted)
                if place is None:
                    place = _sequence_waiting(plain, clock=clock).get(wanted)
        if place is not None:
            return place


def _find_place(plain: Plain, wanted: EntryId) -> Place | None:
    """Return the place of an entry once it has one; None if the seal lock could be taken first.

    In one transaction, each look of which sees what was committed before it.
    """
    while True:
        with plain.together():
            taken = sequencing.try_seal_lock(plain)
            found = _ask_place(plain, wanted)
        place = _place_in(found)
        if place is not None or is_taken(taken):
            return place
        sequencing.wait_for_seal_lock(plain)


def sequence_all(*, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> int:
    """Sequence whatever waits, as after a crash; return how many there were."""
    done = 0
    while True:
        with refusing_when_full(), transaction.atomic(using="default"):
            plain = Plain()
            with plain.errors():
                batch = _sequence_waiting(plain, clock=clock)
        done += len(batch)
        if not batch:
            return done


def _seal_now(
    plain: Plain,
    staged: StagedEntry,
    body: bytes,
    new: NewEntry,
    *,
    clock: Callable[[], datetime],
    with_it: Callable[[Plain], object] | None,
    meanwhile: Callable[[Sealed], None] | None,
) -> Place | None:
    """Seal in this transaction if the lock is free (or must be had), else stage.

    On PostgreSQL twice to the server and back: what does not depend on an answer goes together.
    """
    with plain.together():
        asked = sequencing.ask(plain, new.numbered_in, wait=bool(new.expects))
        plain.execute(
            "INSERT INTO sealed_entry (id, body) VALUES (%s, %s)", [staged.entry_id, body]
        )
        plain.executemany(
            "INSERT INTO entry_blob (entry_id, part, locator) VALUES (%s, %s, %s)",
            [(staged.entry_id, part, locator) for part, locator in staged.blobs],
        )
        check = with_it(plain) if with_it is not None else None
    if callable(check):
        check()
    now = sequencing.seen(plain, asked)
    with plain.together():
        place = None
        if now is None:
            plain.execute(
                "INSERT INTO log_pending (entry_id, fields) VALUES (%s, %s)",
                [staged.entry_id, staged.to_bytes()],
            )
        else:
            _check_books(now, new)
            places = sequencing.append(plain, now, [*now.waiting, staged], clock=clock)
            sequencing.forget_waiting(plain, now.waiting)
            place = places[staged.entry_id]
        # With others waiting there is no time to gain, and it would be somebody else's turn.
        if place is None or meanwhile is None or (now is not None and now.waiting):
            plain.commit()
        else:
            plain.commit(partial(meanwhile, _sealed(new, place)))
    return place


def _sequence_waiting(plain: Plain, *, clock: Callable[[], datetime]) -> dict[EntryId, Place]:
    now = sequencing.look(plain, [], wait=True)
    return {} if now is None else _append_waiting(plain, now, clock=clock)


def _append_waiting(
    plain: Plain, now: LogNow, *, clock: Callable[[], datetime]
) -> dict[EntryId, Place]:
    if not now.waiting:
        return {}
    with plain.together():
        places = sequencing.append(plain, now, now.waiting, clock=clock)
        sequencing.forget_waiting(plain, now.waiting)
        plain.commit()
    return places


def _check_books(now: LogNow, new: NewEntry) -> None:
    if not now.books.keys() >= set(new.numbered_in) | new.expects.keys():
        raise NoSuchBookError
    for book, read in new.expects.items():
        before = sum(book == one for entry in now.waiting for one, _ in entry.wraps)
        pages = now.books[book].pages + before
        if pages != read:
            raise StaleBookError(book, read=read, now=pages)


def _ask_place(plain: Plain, entry: EntryId) -> Any:  # noqa: ANN401 (a cursor)
    return plain.execute(
        "SELECT l.idx, l.data, k.book_id, k.page FROM log_leaf l"
        " JOIN entry_key k ON k.entry_id = l.entry_id WHERE l.entry_id = %s",
        [entry],
    )


def _place_in(found: Any) -> Place | None:  # noqa: ANN401 (a cursor)
    rows = found.fetchall()
    if not rows:
        return None
    line = bytes(rows[0][1]).decode()
    at = line[len('{"at":"') :][:20]  # leaf data begins with its time (format 1.7, canonical)
    return Place(rows[0][0], at, {BookId(book): page for _, _, book, page in rows})


@contextmanager
def refusing_when_full() -> Iterator[None]:
    """Say in words that there is no room left to write; nothing was kept or lost then."""
    try:
        yield
    except OSError as failed:
        if failed.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise StoreFullError from failed
        raise
    except DatabaseError as failed:
        if any(words in str(failed) for words in _FULL):
            raise StoreFullError from failed
        raise


# SQLite's SQLITE_FULL, what it says when a file may not grow, and PostgreSQL's DiskFull.
_FULL = ("database or disk is full", "disk I/O error", "No space left on device")
