"""Sealing: encrypt a signed entry, commit to it, and give it its page for ever (P58, P64)."""

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import IntegrityError, connections, transaction
from django.db.models import Model

from casebound.foundation.base.ids import BookId, EntryId, new_id
from casebound.foundation.base.refusals import RefusedError
from casebound.foundation.base.times import utc_text
from casebound.foundation.stores.refusals import NoRoomLeftError, refusal_for
from casebound.foundation.stores.room_left import check_room
from casebound.ledger.keyring.actions import begin_keyring, make_book_key
from casebound.ledger.sealing import blobs, sequencing, waiting
from casebound.ledger.sealing.building import NewEntry, build
from casebound.ledger.sealing.clock_corrections import ClockCorrection, first_later_than
from casebound.ledger.sealing.connection import StoreConnection, is_taken
from casebound.ledger.sealing.registers import open_registers
from casebound.ledger.sealing.sequencing import EntryPlace, LogNow
from casebound.ledger.sealing.staged import StagedEntry

__all__ = ["NewEntry", "Removal", "Sealed", "begin_ledger", "open_book", "seal", "stage"]


class StaleBookError(RefusedError):
    """The book has grown since the person read it, and their action depends on its content."""

    what = "This was not sealed, because the book has changed since you opened it."
    why = "An entry was signed in the meantime, and it may affect what you do here."
    do = "Read the new pages, then try again. Nothing you typed is lost."

    def __init__(self, book: BookId, *, read: int, now: int) -> None:
        """Store which pages are new: `read` + 1 to `now`."""
        new = f"no. {now}" if now == read + 1 else f"nos {read + 1} to {now}"
        super().__init__(f"New since then: {new}.")
        self.book, self.read, self.now = book, read, now


class NoSuchBookError(RefusedError):
    """An entry names a book that does not exist."""

    what = "This was not sealed, because its book does not exist."
    do = "Go back to the Shift page and choose the book again."


class SetAsideError(RefusedError):
    """The entry was changed, or its row removed, while it waited for its place in the log."""

    what = "This was signed, but it has no place in the book."
    why = "It was changed outside casebound while it waited, so it was set aside."
    do = "Tell the person who looks after casebound: `casebound verify` names it."


class StoreFullError(NoRoomLeftError):
    """The disk, or what the store may use of it, is full."""

    what = "This was not sealed, because there is no room left on the disk of casebound."
    do = "Tell the person who looks after casebound. Your draft is kept; sign it again later."


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed entry: its identity, its leaf, its number in each of its books and registers.

    `is_retry` says that an entry of this id was sealed before; then the answer is that entry.
    """

    entry_id: EntryId
    index: int
    at: str
    numbers: dict[BookId, int]
    registers: dict[BookId, int] = field(default_factory=dict)
    is_retry: bool = field(default=False, compare=False)


def begin_ledger(*, at: datetime) -> None:
    """Begin an installation's keyring, log and mark, in this order. Call it while there is no log.

    If it was killed before, it goes on from there.
    """
    begin_keyring(at=at)
    with transaction.atomic(using="default"):
        sequencing.begin_log(at=at)
    begin_mark()


def begin_mark() -> None:
    """Write the mark of a log without entries, unless it is there."""
    sequencing.begin_mark()


def open_book(book: BookId | None = None) -> BookId:
    """Make an empty book with its key and its secret tag.

    The key is durable first: a key without a book is harmless, a book without a key is lost.
    A second call for the same book, at the same moment or after a crash in between, makes what is
    missing and changes nothing else.
    """
    book = book or BookId(new_id())
    with suppress(IntegrityError):  # its key is there
        make_book_key(book)
    with transaction.atomic(using="default"), connections["default"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO book (id, tag, pages) VALUES (%s, %s, 0) ON CONFLICT (id) DO NOTHING",
            [book, secrets.token_bytes(32)],
        )
    return book


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """Rows of the `default` store to delete when an entry is sealed, such as its draft.

    Attributes:
        table: the table of the rows.
        where: the values of the columns that identify the rows.
        rows: how many rows there must be; with another number, nothing is sealed.
        otherwise: the refusal to raise then.
    """

    table: type[Model]
    where: Mapping[str, str | int]
    rows: int
    otherwise: type[RefusedError]

    def run(self, store: StoreConnection) -> Any:  # noqa: ANN401 (a cursor)
        """Delete the rows. The cursor has their number."""
        columns = {field.attname: field.column for field in self.table._meta.concrete_fields}
        terms = " AND ".join(f'"{columns[name]}" = %s' for name in self.where)
        table = self.table._meta.db_table
        statement = f'DELETE FROM "{table}" WHERE {terms}'  # noqa: S608 (our own names)
        return store.execute(statement, [*self.where.values()])


def seal(
    new: NewEntry,
    *,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    removes: Sequence[Removal] = (),
) -> Sealed:
    """Seal one entry; it is durable and has its number when this returns.

    If the seal lock is free, one transaction does everything: about 12 statements and one flush to
    disk. If another process has it (PostgreSQL), the entry is staged and flushed, and the process
    that has the lock gives all waiting entries their place. The rows that `removes` names are
    deleted in the transaction that makes the entry durable. If an entry of this id exists already,
    this is a retry (`once`): nothing more is sealed, and the answer is that entry's.

    Raises:
        StaleBookError: a book in `new.expects` has other pages than were read.
        NoSuchBookError: a book does not exist.
        RolledBackError: the log is shorter than it was before.
        StoreFullError: the disk or the store is full.
        ProofError: a part is outside the format's limits.
        ValueError: it is in no book, or its parts name other registers than it is numbered in.
        RefusedError: the number of rows to delete differs from what `removes` expects.
    """
    open_registers(new.registers)
    with refusing_when_full():
        check_room()
        staged, body = build(new)
        is_retry = False
        try:
            place = _seal_or_stage(new, staged, body, clock=clock, removes=removes)
        except (RefusedError, IntegrityError) as failed:
            # It did not commit, so nothing was sealed. After any other failure that is not certain:
            # then the files stay for a day.
            for _, locator in staged.blobs:
                blobs.remove(locator)
            if isinstance(failed, RefusedError) or not _is_there(new.entry_id):
                raise
            place, is_retry = None, True
        if place is None:
            place = sequence(new.entry_id, clock=clock)
    return _sealed(new, place, is_retry=is_retry)


def _sealed(new: NewEntry, place: EntryPlace, *, is_retry: bool) -> Sealed:
    numbers = {book: n for book, n in place.pages.items() if book not in new.registers}
    registers = {book: n for book, n in place.pages.items() if book in new.registers}
    return Sealed(new.entry_id, place.index, place.at, numbers, registers, is_retry=is_retry)


def _is_there(entry: EntryId) -> bool:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT 1 FROM sealed_entry WHERE id = %s", [entry])
        return cursor.fetchone() is not None


def sequence(wanted: EntryId, *, clock: Callable[[], datetime]) -> EntryPlace:
    """Sequence waiting entries, a batch at a time, until `wanted` has its place.

    The process that finds the lock free does it for all processes. The others wait until it is
    done, and then only read the place of their entry.

    Raises:
        SetAsideError: somebody changed or removed the entry while it waited.
    """
    while True:
        with transaction.atomic(using="default"):
            store = StoreConnection()
            with store.errors():
                place = _find_place(store, wanted)
                if place is None:
                    _refuse_if_set_aside(store, wanted)
                    now = sequencing.look(store, [], wait=True)
                    if now is not None:
                        place = _append_waiting(store, now, clock=clock).get(wanted)
        if place is not None:
            return place


def _find_place(store: StoreConnection, wanted: EntryId) -> EntryPlace | None:
    """Return the place of an entry once it has one; None if the seal lock could be taken first.

    It runs in one transaction, in which each query sees what was committed before it.
    """
    while True:
        with store.batch():
            taken = sequencing.try_seal_lock(store)
            cursor = _ask_place(store, wanted)
        place = _place_in(cursor)
        if place is not None or is_taken(taken):
            return place
        sequencing.wait_for_seal_lock(store)


def sequence_all(*, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> int:
    """Sequence all waiting entries, as after a crash. Return how many got their place.

    Entries that were set aside and are as they were signed again, such as after a file was put
    back, are among them.
    """
    done = 0
    with refusing_when_full(), transaction.atomic(using="default"):
        store = StoreConnection()
        with store.errors():
            sequencing.take_seal_lock(store)
            waiting.take_back(store)
    while True:
        with refusing_when_full(), transaction.atomic(using="default"):
            store = StoreConnection()
            with store.errors():
                now = sequencing.look(store, [], wait=True)
                done += len(_append_waiting(store, now, clock=clock)) if now else 0
        if now is None or not (now.waiting or now.unfit):
            return done


def _refuse_if_set_aside(store: StoreConnection, wanted: EntryId) -> None:
    """Refuse if an entry without a place does not wait for one. The caller has the seal lock."""
    row = store.execute(
        "SELECT set_aside FROM log_pending WHERE entry_id = %s", [wanted]
    ).fetchone()
    if row is None or row[0]:
        raise SetAsideError


def put_clock_right(*, true: datetime) -> ClockCorrection | None:
    """Say on the log that its last lines have times that had not come, and what the time is.

    Return which lines; None if no line is later than `true`. Call it once a person has said that
    `true` is right.
    """
    with refusing_when_full(), transaction.atomic(using="default"):
        store = StoreConnection()
        with store.errors():
            now = sequencing.look_waiting(store)
            first = first_later_than(store, utc_text(true), size=now.size)
            if first == now.size:
                return None
            sequencing.put_clock_right(store, now, first=first, true=true)
    return ClockCorrection(first, now.size, utc_text(true))


def _seal_or_stage(
    new: NewEntry,
    staged: StagedEntry,
    body: bytes,
    *,
    clock: Callable[[], datetime],
    removes: Sequence[Removal],
) -> EntryPlace | None:
    """Seal in one transaction if the lock is free (or must be taken); otherwise stage.

    On PostgreSQL this takes two round trips: statements that need no answer are sent together.
    """
    with transaction.atomic(using="default"):
        store = StoreConnection()
        with store.errors():
            with store.batch():
                asked = sequencing.ask(store, new.numbered_in, wait=bool(new.expects))
                _insert_entry(store, staged, body)
                removed = [(removal, removal.run(store)) for removal in removes]
            for removal, answer in removed:
                if answer.rowcount != removal.rows:
                    raise removal.otherwise
            now = sequencing.seen(store, asked)
            if now is not None:
                _check_books(now, new)
            with store.batch():
                if now is None:
                    _insert_pending(store, staged)
                    place = None
                else:
                    places = sequencing.append(store, now, [*now.waiting, staged], clock=clock)
                    sequencing.forget_waiting(store, now)
                    place = places[staged.entry_id]
                store.commit()
    return place


def stage(new: NewEntry) -> None:
    """Make an entry durable without its place. The next seal, or `sequence_all`, gives it one."""
    staged, body = build(new)
    with transaction.atomic(using="default"):
        store = StoreConnection()
        with store.errors(), store.batch():
            _insert_entry(store, staged, body)
            _insert_pending(store, staged)


def _insert_entry(store: StoreConnection, staged: StagedEntry, body: bytes) -> None:
    store.execute("INSERT INTO sealed_entry (id, body) VALUES (%s, %s)", [staged.entry_id, body])
    store.executemany(
        "INSERT INTO entry_blob (entry_id, part, locator) VALUES (%s, %s, %s)",
        [(staged.entry_id, part, locator) for part, locator in staged.blobs],
    )


def _insert_pending(store: StoreConnection, staged: StagedEntry) -> None:
    store.execute(
        "INSERT INTO log_pending (entry_id, fields) VALUES (%s, %s)",
        [staged.entry_id, staged.to_bytes()],
    )


def _append_waiting(
    store: StoreConnection, now: LogNow, *, clock: Callable[[], datetime]
) -> dict[EntryId, EntryPlace]:
    if not now.waiting and not now.unfit:
        return {}
    with store.batch():
        places = sequencing.append(store, now, now.waiting, clock=clock) if now.waiting else {}
        sequencing.forget_waiting(store, now)
        store.commit()
    return places


def _check_books(now: LogNow, new: NewEntry) -> None:
    if not now.books.keys() >= set(new.numbered_in) | new.expects.keys():
        raise NoSuchBookError
    for book, read in new.expects.items():
        before = sum(book == wrapped_for for entry in now.waiting for wrapped_for, _ in entry.wraps)
        pages = now.books[book].pages + before
        if pages != read:
            raise StaleBookError(book, read=read, now=pages)


def _ask_place(store: StoreConnection, entry: EntryId) -> Any:  # noqa: ANN401 (a cursor)
    return store.execute(
        "SELECT l.idx, l.data, k.book_id, k.page FROM log_leaf l"
        " JOIN entry_key k ON k.entry_id = l.entry_id WHERE l.entry_id = %s",
        [entry],
    )


def _place_in(cursor: Any) -> EntryPlace | None:  # noqa: ANN401 (of either database)
    rows = cursor.fetchall()
    if not rows:
        return None
    line = bytes(rows[0][1]).decode()
    at = line[len('{"at":"') :][:20]  # leaf data begins with its time (format 1.7, canonical)
    return EntryPlace(rows[0][0], at, {BookId(book): page for _, _, book, page in rows})


@contextmanager
def refusing_when_full() -> Iterator[None]:
    """Raise the refusal for a full disk. Nothing was stored or lost then."""
    try:
        yield
    except StoreFullError:
        raise
    except Exception as failed:
        refusal = refusal_for(failed)
        if isinstance(refusal, NoRoomLeftError):
            raise StoreFullError(refusal.said) from failed
        raise
