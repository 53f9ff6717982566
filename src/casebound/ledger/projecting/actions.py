"""Catching up: project each entry of the log into the rooms' rows, in order, exactly once."""

import json
import logging
from collections.abc import Callable, Collection, Sequence
from functools import cache

from django.db import InterfaceError, OperationalError, connections, transaction

from casebound.foundation.base.times import instant
from casebound.foundation.proof.canonical import canonical
from casebound.foundation.proof.commitments import Data, Part, Text
from casebound.ledger.projecting.kinds import kind_of
from casebound.ledger.projecting.models import Reach
from casebound.ledger.projecting.projections import ROOM, add_damaged
from casebound.ledger.projecting.reach import SharedReach, standing_of
from casebound.ledger.projecting.registry import kinds, projections, versions
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing import actions as sealing
from casebound.ledger.sealing import reads as sealed
from casebound.ledger.sealing.actions import NewEntry, Removal, Sealed
from casebound.ledger.sealing.connection import StoreConnection, is_taken, lock_number
from casebound.ledger.sealing.reads import Cause, ReadEntry, entry_of

AT_A_TIME = 500  # entries in one transaction of the derived store
STOPPED = -1  # the next leaf of a room that cannot go on with its old rows

logger = logging.getLogger(__name__)


def seal_and_project(new: NewEntry, *, removes: Sequence[Removal] = ()) -> Sealed:
    """Seal an entry and project up to it, so that the author can read it at once."""
    sealed_entry = sealing.seal(new, removes=removes)
    # After a retry, the words that were sealed first count.
    known = None if sealed_entry.is_retry else _as_read(new, sealed_entry)
    catch_up(upto=sealed_entry.index, known=known)
    return sealed_entry


def catch_up(
    *,
    upto: int | None = None,
    known: ReadEntry | None = None,
    tell: Callable[[int], None] = lambda _: None,
) -> int:
    """Project every entry that is not projected yet; return the next leaf.

    It goes no further than the log, whatever leaf `upto` names. It does nothing if that leaf is
    already projected, nor in a store without any rows if the log
    is longer than one batch: people would read part of a book as if it were whole. Then `remake`
    makes all rooms beside, and they appear together. A crash loses nothing: rows and reach are
    written together, and the next call goes on from there. `known` is the entry that this process
    has just sealed, so it is not decrypted again. `tell` is called with the next leaf after each
    full batch.

    One process does it at a time. On PostgreSQL a process that had to wait then also projects the
    entries of all other waiting processes, so that many writers share one transaction.
    """
    one_by_one = False
    while True:
        try:
            with transaction.atomic(using="derived"):
                store = StoreConnection("derived")
                with store.errors():
                    standing, waited = _wait_for_turn(store, upto=upto)
                    first = standing.next_leaf
                    if first == STOPPED or (upto is not None and first > upto):
                        return first
                    if not standing.begun and sealed.size() > AT_A_TIME:
                        return STOPPED
                    alone = known is not None and known.index == first and upto is not None
                    size = first + 1 if alone and not waited else sealed.size()
                    until = min(size, first + AT_A_TIME)
                    end = project_until(until, standing, store, known=known, one_by_one=one_by_one)
        except Exception as failed:
            if one_by_one or not is_of_entry(failed):
                raise
            one_by_one = True
            continue
        one_by_one = False
        is_done = end - first < AT_A_TIME if upto is None else end > upto
        if is_done or end == first:  # the log ends here, even if it was asked for more
            return end
        tell(end)


def is_of_entry(failed: Exception) -> bool:
    """Say whether a projection may have failed because of what an entry says.

    A store that is away, locked or full, or a disk that is, fails for every entry.
    """
    return not isinstance(failed, OperationalError | InterfaceError | OSError | MemoryError)


def project_until(
    until: int,
    standing: SharedReach,
    store: StoreConnection,
    *,
    known: ReadEntry | None = None,
    one_by_one: bool = False,
) -> int:
    """Project up to leaf `until`, and commit. Return the next leaf.

    The caller holds the transaction and, in the store that people read, the lock. With
    `one_by_one`, an entry whose projection fails is projected as a damaged entry, and the others
    as usual. That costs a savepoint an entry, so it is for the batch that failed.
    """
    first = standing.next_leaf
    if until <= first:
        return first
    rows = Rows(store)
    unfit = set(standing.unfit)
    if known is not None and known.index == first and not one_by_one:
        project(known, rows, standing.fit)
        _project_unfit(known, rows, store, unfit)
        first += 1
    for entry in sealed.entries(first, until=until):
        read = _project_alone(entry, store, standing.fit) if one_by_one else entry
        if not one_by_one:
            project(read, rows, standing.fit)
        _project_unfit(read, rows, store, unfit)
    with store.batch():
        rows.send()
        store.execute(
            "UPDATE projecting_reach SET next_leaf = %s WHERE next_leaf = %s",
            [until, standing.next_leaf],
        )
        store.commit()
    return until


def project_batch(until: int) -> int:
    """Project some entries in a shadow store, up to leaf `until`.

    Return the leaf that was next before.
    """
    try:
        return _project_some(until, one_by_one=False)
    except Exception as failed:
        if not is_of_entry(failed):
            raise
        return _project_some(until, one_by_one=True)


def _project_some(until: int, *, one_by_one: bool) -> int:
    with transaction.atomic(using="derived"):
        store = StoreConnection("derived")
        with store.errors():
            standing = standing_of(Reach.objects.values_list("room", "next_leaf", "version"))
            end = min(until, standing.next_leaf + AT_A_TIME)
            project_until(end, standing, store, one_by_one=one_by_one)
    return standing.next_leaf


def _project_unfit(entry: ReadEntry, rows: Rows, store: StoreConnection, unfit: set[str]) -> None:
    """Project one entry into the rooms on old rows; stop those that cannot go on with them.

    A room that waits to be remade has rows of another version. Usually the projection works with
    them too. If it fails, this room shows its old rows until it is remade. Other rooms go on.
    """
    if not unfit:
        return
    rows.send()
    for room in [room for room, _ in projections() if room in unfit]:
        try:
            with transaction.atomic(using="derived"):
                own = Rows(store)
                project(entry, own, {room})
                own.send()
        except Exception:  # noqa: BLE001 (of whatever kind: the old rows are not what it expects)
            unfit.discard(room)
            logger.warning("%s stops at leaf %d until it is remade", room, entry.index)
            store.execute(
                "UPDATE projecting_reach SET next_leaf = %s WHERE room = %s", [STOPPED, room]
            )


def _project_alone(entry: ReadEntry, store: StoreConnection, rooms: Collection[str]) -> ReadEntry:
    """Project one entry; if that fails, project it as an entry that cannot be read.

    Return it as it was projected.
    """
    for read in (entry, entry.damaged(Cause.WORDS)):
        try:
            with transaction.atomic(using="derived"):
                rows = Rows(store)
                project(read, rows, rooms)
                rows.send()
        except Exception as failed:
            if read is not entry or entry.is_damaged or not is_of_entry(failed):
                raise
            # What was wrong stands in the record: the log gets no word of it.
            logger.error("leaf %d cannot be projected: %s", entry.index, type(failed).__name__)  # noqa: TRY400
        else:
            return read
    raise AssertionError  # not reached: the second failure was raised


def project(entry: ReadEntry, rows: Rows, rooms: Collection[str]) -> None:
    """Call the projections of `rooms` with one entry, lowest room first.

    Each room first withdraws the entries that this one takes back, then adds this entry's rows.

    Raises:
        KeyError: no room knows this kind and version of entry.
    """
    if entry.cause and ROOM in rooms:
        add_damaged(entry, rows)
    name, number = kind_of(entry)
    typed = kinds()[name, number].read(entry)
    withdrawals = typed.withdraws(entry)
    for room, projection in projections():
        if room not in rooms:
            continue
        if projection.withdraw is not None:
            for withdrawal in withdrawals:
                projection.withdraw(withdrawal, rows)
        if name in projection.on:
            projection.on[name](entry, typed, rows)
    earlier = [found for redrawn in typed.redraws() if (found := entry_of(redrawn))]
    for room, projection in projections() if earlier else ():
        if room in rooms and projection.redraw is not None:
            for redrawn in earlier:
                projection.redraw(redrawn, entry, rows)


def rebuild() -> int:
    """Empty every table of the derived store and project the whole log; return its size.

    Call it only for a store that nobody reads. Memory is bounded at any size of the log.
    """
    empty()
    return catch_up()


def empty() -> None:
    """Empty every table of the derived store, as if nothing had been projected.

    It empties each table at once and not row by row, which is quick at any size.
    """
    connection = connections["derived"]
    # SQLite drops all pages of a table that has no triggers.
    emptying = "TRUNCATE TABLE" if connection.vendor == "postgresql" else "DELETE FROM"
    with transaction.atomic(using="derived"), connection.cursor() as cursor:
        StoreConnection("derived").lock(lock())
        for _, projection in reversed(projections()):
            if projection.empty is not None:
                projection.empty()
            for table in reversed(projection.tables):
                cursor.execute(f'{emptying} "{table._meta.db_table}"')
        Reach.objects.all().delete()
        begin(versions())


def begin(rooms: dict[str, str]) -> None:
    """Let rooms follow the log from its first leaf, with these versions."""
    Reach.objects.bulk_create(
        Reach(room=room, next_leaf=0, version=version) for room, version in rooms.items()
    )


def note_remade(rooms: Collection[str], *, next_leaf: int) -> None:
    """Let rooms follow the log from `next_leaf` on, as rooms of this version. 3 statements.

    It removes the rows of rooms that no longer exist. The caller holds the transaction.
    """
    now = versions()
    Reach.objects.filter(room__in=rooms).delete()
    Reach.objects.bulk_create(
        Reach(room=room, next_leaf=next_leaf, version=now[room]) for room in rooms
    )
    Reach.objects.exclude(room__in=now).delete()


def _wait_for_turn(store: StoreConnection, *, upto: int | None) -> tuple[SharedReach, bool]:
    """Return the rooms' reach, once this transaction may project or `upto` is projected.

    Also return whether it had to wait for others. Each query sees what was committed before it.
    """
    waited = False
    while True:
        standing, locked = _stand(store, wait=upto is None)
        if locked or (upto is not None and standing.next_leaf > upto):
            return standing, waited
        store.wait_for(lock())
        waited = True


def _stand(store: StoreConnection, *, wait: bool) -> tuple[SharedReach, bool]:
    """Return the rooms' reach, and whether this transaction may project.

    With `wait`, it waits for the process that projects now; then this transaction may project.
    """
    with store.batch():
        if wait:
            store.lock(lock())
        taken = None if wait else store.try_lock(lock())
        asked = store.execute("SELECT room, next_leaf, version FROM projecting_reach")
    locked = is_taken(taken)
    rows = asked.fetchall()
    if not rows and locked and sealed.size() <= AT_A_TIME:
        begin(versions())
    return standing_of(rows), locked


@cache
def lock() -> int:
    """Return the number of the lock that one projecting process holds at a time (PostgreSQL)."""
    return lock_number(b"casebound/projecting")


def _as_read(new: NewEntry, done: Sealed) -> ReadEntry:
    """Return the entry as it is read back: values have their keys in the order of the format."""
    return ReadEntry(
        done.index,
        new.entry_id,
        instant(done.at),
        new.signed_at.replace(microsecond=0),
        new.signed_by,
        dict(sorted(done.numbers.items())),  # in the order they are read back in
        tuple(_part_as_read(part) for part in new.parts),
        dict(sorted(done.registers.items())),
    )


def _part_as_read(part: Part) -> Part:
    return part if isinstance(part, Text) else Data(part.m, json.loads(canonical(part.j)))
