"""Remaking rooms from the log while people read their old rows.

The rooms are projected from leaf 0 into a shadow store (`shadow`), with every room whose rows they
read, in the order of the log. So an earlier row never sees a later state, and the rows are the same
as if they had been made live. Then the rows that differ are exchanged in the store that people
read, a piece at a time. Each piece is one transaction: a reader finds the old or the new row, and
never half of a table. A store without any rows gets them all in one transaction, so that nobody
reads part of a book as if it were whole. The rows of rooms that are only read are deleted with the
shadow.

Live sealing goes on and waits for one piece at most. If the process dies, nothing is lost: the next
process goes on with the shadow.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import count
from typing import Any, Final

from django.db import connections, transaction
from django.db.models import Model

from casebound.foundation.base.refusals import RefusedError
from casebound.ledger.projecting import actions
from casebound.ledger.projecting.models import Reach
from casebound.ledger.projecting.reach import has_begun, rooms_to_remake, standing_of
from casebound.ledger.projecting.registry import affected_by, needed_for, projections, versions
from casebound.ledger.projecting.shadow import NAME, Shadow
from casebound.ledger.sealing import reads as sealed
from casebound.ledger.sealing.connection import StoreConnection

PIECE: Final = 1000  # rows of a table exchanged in one transaction

Tell = Callable[[str], None]
Key = Sequence[Any]  # the values of a primary key, as the driver gives them


class BeingRemadeError(RefusedError):
    """Another process is remaking rooms."""

    what = "Nothing was remade."
    why = "Another process is remaking rooms at this moment."
    do = "Wait until it is done, then try again if you still need to."


class NoSuchRoomError(RefusedError):
    """The caller named a room that has no rows."""

    what = "Nothing was remade."
    do = "Name a room that keeps rows."


def remake(rooms: Iterable[str] | None = None, *, tell: Tell = lambda _: None) -> frozenset[str]:
    """Remake rooms, and the rooms whose rows follow from theirs. Return which were remade.

    Without `rooms`, it remakes rooms whose version or data files have changed, new rooms, and all
    rooms of a store without any rows. The caller is in no transaction. `tell` is called with the
    progress, in words, now and then.

    Raises:
        BeingRemadeError: another process is remaking rooms.
        NoSuchRoomError: one of `rooms` has no projection.
    """
    affected = _affected(rooms)
    now = versions()
    needed = {room: now[room] for room in now if room in needed_for(affected)}
    shadow = Shadow()
    if not affected and not shadow.exists():
        return affected
    with shadow.held() as held:
        if not held:
            raise BeingRemadeError
        if not affected:  # a process died between its last exchange and removing the shadow
            shadow.remove()
            return affected
        shadow.prepare(needed)
        tell(f"Remaking {', '.join(room for room in now if room in affected)}.")
        _follow(shadow, tell)
        with shadow.attached():
            if has_begun():
                _exchange_in_pieces(affected, shadow, tell)
            reached = _finish(affected, shadow)
        shadow.remove()
    tell(f"Remade, up to leaf {reached:,}.")
    return affected


def _affected(rooms: Iterable[str] | None) -> frozenset[str]:
    if rooms is None:
        return rooms_to_remake()
    wanted = set(rooms)
    if unknown := sorted(wanted - versions().keys()):
        raise NoSuchRoomError(f"There is no {', '.join(unknown)}. Rooms: {', '.join(versions())}.")
    return affected_by(wanted)


def _tables(rooms: Collection[str], *, hiding: bool | None = None) -> list[type[Model]]:
    return [
        table
        for room, projection in projections()
        if room in rooms and hiding in {None, projection.hides_entries}
        for table in projection.tables
    ]


def _follow(shadow: Shadow, tell: Tell) -> int:
    """Project the shadow exactly up to the leaf of the live rows. Return the next leaf.

    It does not go to the end of the log: the live store would then add exchanged rows again.
    """
    until = _live_reach()
    for batch in count():
        with shadow.entered():
            first = actions.project_batch(until)
        if first >= until:
            return first
        if batch % 10 == 0:
            tell(f"{first:,} of {until:,} entries ({first * 100 // until} %).")
    raise AssertionError  # not reached: the count never ends


def _live_reach() -> int:
    """Return the next leaf of the live rows; where there are none, the end of the log."""
    standing = standing_of(Reach.objects.values_list("room", "next_leaf", "version"))
    return standing.next_leaf if standing.begun else sealed.size()


def _exchange_in_pieces(rooms: Collection[str], shadow: Shadow, tell: Tell) -> None:
    """Exchange the rows of rooms that differ, a piece at a time.

    What hides an entry from some readers comes before the entry's own rows, and goes after them
    (`_finish`).
    """
    for table in _tables(rooms, hiding=True):
        _exchange_table(table, shadow, only_add=True)
    for table in _tables(rooms, hiding=False):
        _exchange_table(table, shadow)
        tell(f"New rows of {table._meta.db_table} are in their place.")


def _exchange_table(table: type[Model], shadow: Shadow, *, only_add: bool = False) -> None:
    after: Key | None = None
    while True:
        upto = _key_behind(table, after)
        _in_step(shadow, lambda _: _exchange(table, after, upto, only_add=only_add))  # noqa: B023 (run at once)
        if upto is None:
            return
        after = upto


def _finish(rooms: Collection[str], shadow: Shadow) -> int:
    """Exchange rows that changed since, and set the rooms' version, in one transaction.

    Return the leaf that the rows have reached.
    """

    def exchange_all(reached: int) -> None:
        for table in _tables(rooms):
            _exchange(table, None, None)
        actions.note_remade(rooms, next_leaf=reached)

    return _in_step(shadow, exchange_all)


def _in_step(shadow: Shadow, work: Callable[[int], None]) -> int:
    """Do `work` in a transaction of the live store while the shadow is at the same leaf.

    `work` is given that leaf, which is returned too.
    """
    while True:
        reached = _follow(shadow, lambda _: None)
        with transaction.atomic(using="derived"):
            StoreConnection("derived").lock(actions.lock())
            if _live_reach() == reached:
                work(reached)
                return reached


def _key_behind(table: type[Model], after: Key | None) -> Key | None:
    """Return the key that ends the next piece; None if it is the last piece."""
    keys = ", ".join(_columns(table._meta.pk_fields))
    within, values = _within(table, after, None)
    with connections["derived"].cursor() as cursor:
        cursor.execute(
            f'SELECT {keys} FROM {NAME}."{table._meta.db_table}"'  # noqa: S608 (our own names)
            f" WHERE {within} ORDER BY {keys} LIMIT 1 OFFSET {PIECE - 1}",
            values,
        )
        key: Key | None = cursor.fetchone()
    return key


def _exchange(
    table: type[Model], after: Key | None, upto: Key | None, *, only_add: bool = False
) -> None:
    """Replace the live rows with keys after `after` and up to `upto` by those of the shadow.

    With `only_add`, rows that the live store has stay as they are.
    """
    name = table._meta.db_table
    live, new = f'"{name}"', f'{NAME}."{name}"'
    within, values = _within(table, after, upto)
    keys, columns = _columns(table._meta.pk_fields), _columns(table._meta.concrete_fields)
    same_key = " AND ".join(f"other.{key} = {live}.{key}" for key in keys)
    same = " AND ".join(
        f"other.{column} IS NOT DISTINCT FROM {live}.{column}" for column in columns
    )
    into = ", ".join(columns)
    with connections["derived"].cursor() as cursor:
        if not only_add:
            cursor.execute(
                f"DELETE FROM {live} WHERE {within} AND NOT EXISTS"  # noqa: S608 (our own names)
                f" (SELECT 1 FROM {new} other WHERE {same_key} AND {same})",
                values,
            )
        cursor.execute(
            f"INSERT INTO {live} ({into}) SELECT {into} FROM {new} made"  # noqa: S608 (our own names)
            f" WHERE {within} AND NOT EXISTS (SELECT 1 FROM {live} other WHERE "
            + " AND ".join(f"other.{key} = made.{key}" for key in keys)
            + ")",
            values,
        )


def _within(table: type[Model], after: Key | None, upto: Key | None) -> tuple[str, list[Any]]:
    keys = _columns(table._meta.pk_fields)
    row, marks = f"({', '.join(keys)})", f"({', '.join(['%s'] * len(keys))})"
    terms, values = ["1 = 1"], list[Any]()
    for sign, key in ((">", after), ("<=", upto)):
        if key is not None:
            terms.append(f"{row} {sign} {marks}")
            values += key
    return " AND ".join(terms), values


def _columns(fields: Iterable[Any]) -> list[str]:  # Any: Django's own type of a field is generic
    return [f'"{field.column}"' for field in fields]
