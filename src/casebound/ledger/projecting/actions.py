"""Catching up: projections follow the log, in its order, exactly once."""

from collections.abc import Sequence
from functools import cache

from django.db import connections, transaction

from casebound.foundation.base.refusals import RefusedError
from casebound.foundation.base.times import instant
from casebound.ledger.projecting.kinds import kind_of
from casebound.ledger.projecting.models import Reach
from casebound.ledger.projecting.registry import kinds, projections, version
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing import actions as sealing
from casebound.ledger.sealing import reads as sealed
from casebound.ledger.sealing.actions import NewEntry, Removal, Sealed
from casebound.ledger.sealing.connection import StoreConnection, is_taken, lock_number
from casebound.ledger.sealing.reads import ReadEntry

AT_A_TIME = 500  # entries in one transaction of the derived store


class DerivedOutdatedError(RefusedError):
    """The derived store was made by other projections than these."""

    what = "What casebound shows must be worked out anew from the sealed entries."
    do = "Run `casebound rebuild`; `casebound serve` does it by itself when it starts."


def catch_up(*, upto: int | None = None, known: ReadEntry | None = None) -> int:
    """Project every entry that is not projected yet; return the next leaf.

    Does nothing when leaf `upto` is already projected. A crash in between loses nothing: rows and
    reach are written together, and the next call goes on from there. `known` is the entry this
    process has just sealed, which need not be decrypted again.

    One does it at a time. On PostgreSQL those who had to wait for another do it for everybody who
    waits as well, so that many writers share one transaction.

    Raises:
        DerivedOutdatedError: the rows were made by another version of the projections.
    """
    while True:
        with transaction.atomic(using="derived"):
            store = StoreConnection("derived")
            with store.errors():
                first, waited = _wait_for_turn(store, upto=upto)
                if upto is not None and first > upto:
                    return first
                end = _project_from(first, store, known=known, for_all=waited or upto is None)
        if (end - first < AT_A_TIME and upto is None) or (upto is not None and end > upto):
            return end


def _wait_for_turn(store: StoreConnection, *, upto: int | None) -> tuple[int, bool]:
    """Return the next leaf, once this transaction may project it or `upto` is projected.

    And whether others had to be waited for. Each look sees what was committed before it.
    """
    waited = False
    while True:
        first, locked = _reach(store, wait=upto is None)
        if locked or (upto is not None and first > upto):
            return first, waited
        store.wait_for(_lock())
        waited = True


def _project_from(
    first: int, store: StoreConnection, *, known: ReadEntry | None, for_all: bool
) -> int:
    """Project from leaf `first` on; return the leaf that is next."""
    rows, end = Rows(store), first
    if known is not None and known.index == first:
        project(known, rows)
        end += 1
    if for_all or end == first:
        last = min(sealed.size(), first + AT_A_TIME)
        for one in sealed.entries(end, until=last):
            project(one, rows)
        end = max(end, last)
    if end > first:
        with store.batch():
            rows.send()
            _move_reach(store, end)
            store.commit()
    return end


def _move_reach(store: StoreConnection, end: int) -> None:
    store.execute("UPDATE projecting_reach SET next_leaf = %s WHERE id = 1", [end])


def seal_and_project(new: NewEntry, *, removes: Sequence[Removal] = ()) -> Sealed:
    """Seal an entry and bring the derived store up to it, so that people read what they wrote."""
    sealed_entry = sealing.seal(new, removes=removes)
    # Of a retry, the words that were sealed first count.
    known = None if sealed_entry.is_retry else _as_read(new, sealed_entry)
    catch_up(upto=sealed_entry.index, known=known)
    return sealed_entry


def rebuild() -> int:
    """Empty every table of the derived store and project the whole log anew; return its size.

    Memory is bounded whatever the size. Readers see the old rows of a part until its batch ends.
    """
    empty()
    return catch_up()


def empty() -> None:
    """Empty every table of the derived store, as if nothing had been projected.

    Each table at once and not row by row, so that it takes a moment at any size.
    """
    connection = connections["derived"]
    # SQLite drops all pages of a table that has no triggers.
    emptying = "TRUNCATE TABLE" if connection.vendor == "postgresql" else "DELETE FROM"
    with transaction.atomic(using="derived"), connection.cursor() as cursor:
        StoreConnection("derived").lock(_lock())
        for _, projection in reversed(projections()):
            if projection.empty is not None:
                projection.empty()
            for table in reversed(projection.tables):
                cursor.execute(f'{emptying} "{table._meta.db_table}"')
        Reach.objects.all().delete()
        Reach.objects.create(id=1, next_leaf=0, version=version())


def is_outdated() -> bool:
    """Say whether the derived store was made by other projections than these. 1 query."""
    reach = Reach.objects.filter(id=1).first()
    return reach is not None and reach.version != version()


def _reach(store: StoreConnection, *, wait: bool) -> tuple[int, bool]:
    """Return the next leaf to project, and whether this transaction may do it.

    With `wait` it may, after waiting for whoever does it now.

    Raises:
        DerivedOutdatedError: the rows were made by another version of the projections.
    """
    with store.batch():
        if wait:
            store.lock(_lock())
        taken = None if wait else store.try_lock(_lock())
        asked = store.execute("SELECT next_leaf, version FROM projecting_reach WHERE id = 1")
    locked = is_taken(taken)
    row = asked.fetchone()
    if row is None:
        if locked:
            store.execute(
                "INSERT INTO projecting_reach (id, next_leaf, version) VALUES (1, 0, %s)",
                [version()],
            )
        return 0, locked
    if row[1] != version():
        raise DerivedOutdatedError
    return int(row[0]), locked


@cache
def _lock() -> int:
    return lock_number(b"casebound/projecting")


def project(entry: ReadEntry, rows: Rows) -> None:
    """Give one entry to every projection, lowest room first.

    Each room first withdraws what the entry takes back, then adds what it says.

    Raises:
        KeyError: no room knows this kind and version of entry.
    """
    name, number = kind_of(entry)
    typed = kinds()[name, number].read(entry)
    withdrawals = typed.withdraws(entry)
    for _, projection in projections():
        if projection.withdraw is not None:
            for withdrawal in withdrawals:
                projection.withdraw(withdrawal, rows)
        if name in projection.on:
            projection.on[name](entry, typed, rows)


def _as_read(new: NewEntry, done: Sealed) -> ReadEntry:
    return ReadEntry(
        done.index,
        new.entry_id,
        instant(done.at),
        new.signed_at.replace(microsecond=0),
        new.signed_by,
        dict(sorted(done.numbers.items())),  # in the order they are read back in
        new.parts,
        dict(sorted(done.registers.items())),
    )
