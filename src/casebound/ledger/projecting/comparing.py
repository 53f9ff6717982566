"""Comparing what is shown with what the log says (P58).

The rooms are projected again from leaf 0 into a shadow store (`shadow`), as if somebody had thrown
what is shown away. Then each table of each room is read twice at the same time, in the order of its
keys: the rows that people read, and the rows that follow from the log. A row that is changed, that
follows from no entry, or that is not there is named with its room, its table and its entry.

Memory does not grow with the log. Nothing that people read is changed, and nobody waits.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import DatabaseError, connections
from django.db.models import Model

from casebound.ledger.projecting import actions
from casebound.ledger.projecting.damaged import damaged_entries
from casebound.ledger.projecting.models import Reach
from casebound.ledger.projecting.reach import SharedReach, standing_of
from casebound.ledger.projecting.registry import Projection, projections, versions
from casebound.ledger.projecting.shadow import Purpose, Shadow
from casebound.ledger.sealing import reads as sealed
from casebound.ledger.sealing.connection import StoreConnection, lock_number

COMPARING: Final = Purpose("casebound_compare", "compare", lock_number(b"casebound/comparing"))
MOST_OF_A_TABLE: Final = 20  # differences of one table that are named; the others are counted

_MOMENTS: Final = 10
_MOMENT: Final = 0.1  # seconds

Row = tuple[Any, ...]  # the values of a row, as the driver gives them
Key = tuple[tuple[int, Any], ...]

# Columns that say which entry a row follows from, the best first.
_LEAVES: Final = ("leaf", "about_index", "from_index")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Rows of one table that do not say what the log says.

    Attributes:
        room: the room that shows them.
        table: the name of the table.
        what: the end of a sentence that begins with where the entry is.
        leaf: the entry that the row follows from, if the row says so.
        entry: its id, if the row says so.
        book: the book and the number in it, if the row says so.
        number: see `book`.
    """

    room: str
    table: str
    what: str
    leaf: int | None = None
    entry: str | None = None
    book: str = ""
    number: int = 0


@dataclass(slots=True)
class Comparison:
    """What the rooms show, compared with the log.

    Attributes:
        rows: how many rows were compared.
        rooms: how many rooms were compared.
        differences: what differs; of one table at most `MOST_OF_A_TABLE`, then how many more.
        not_compared: what could not be compared and why, a sentence each.
        seconds: how long it took.
    """

    rows: int = 0
    rooms: int = 0
    differences: list[Difference] = field(default_factory=list)
    not_compared: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        """Say whether no row differs."""
        return not self.differences


def compare() -> Comparison:
    """Compare every row of every room with what the log says. About 1 ms an entry."""
    began = time.monotonic()
    comparison = Comparison()
    shadow = Shadow(COMPARING)
    try:
        with shadow.held() as held:
            if not held:
                comparison.not_compared.append(
                    "What is shown was not compared: another process is comparing it."
                )
            else:
                shadow.remove()  # another process left it, and its rows may be of any age
                try:
                    _compare_with(shadow, comparison)
                finally:
                    shadow.remove()
    except OSError as failed:
        comparison.not_compared.append(
            "What is shown was not compared, because nothing can be written in the folder of the"
            f" stores ({failed.strerror or _name_of(failed)})."
        )
    except DatabaseError as failed:
        comparison.not_compared.append(
            f"What is shown was not compared: a store could not be used ({_name_of(failed)})."
        )
    comparison.seconds = time.monotonic() - began
    return comparison


def _compare_with(shadow: Shadow, comparison: Comparison) -> None:
    standing = _standing()
    if standing is None:
        comparison.not_compared.append(
            "What is shown was not compared, because nothing was worked out yet."
            " `casebound rebuild` works it out."
        )
        return
    shadow.prepare(versions())
    _follow(shadow, standing.next_leaf)
    _wait_until_shown()
    with _one_moment():
        now = _standing()
        if now is None:
            return
        _follow(shadow, now.next_leaf)
        _check_reach(now, comparison)
        for room, projection in projections():
            if room not in now.fit:
                comparison.not_compared.append(
                    f"What {room} shows was not compared, because its rows are of an older version."
                    " `casebound rebuild --outdated` works them out again."
                )
                continue
            comparison.rooms += 1
            for table in projection.tables:
                _compare_table(room, table, shadow, comparison)
    for room, projection in projections():
        if room in now.fit and projection.agrees is not None:
            _check_agreement(room, projection, projection.agrees, comparison)
    _leave_out_damaged(shadow, comparison)


def _leave_out_damaged(shadow: Shadow, comparison: Comparison) -> None:
    """Leave out rows of entries that are damaged now: the check of the entries names these."""
    with shadow.entered():
        damaged = {place.leaf for place in damaged_entries()}
    there = comparison.differences
    comparison.differences = [row for row in there if row.leaf not in damaged]
    if len(comparison.differences) < len(there):
        comparison.not_compared.append(
            "What is shown of damaged entries was not compared. `casebound rebuild` shows them as"
            " damaged."
        )


def _check_agreement(
    room: str, projection: Projection, agrees: Callable[[], bool], comparison: Comparison
) -> None:
    try:
        agree = agrees()
    except DatabaseError as failed:
        comparison.not_compared.append(
            f"The index of {room} was not compared with its rows ({_name_of(failed)})."
        )
        return
    if not agree:
        what = f"the index of {room} does not agree with its rows"
        table = projection.tables[0]._meta.db_table
        comparison.differences.append(Difference(room=room, table=table, what=what))


def _standing() -> SharedReach | None:
    rows = list(Reach.objects.values_list("room", "next_leaf", "version"))
    return standing_of(rows) if rows else None


def _wait_until_shown() -> None:
    """Wait a moment if somebody is sealing: the rooms have an entry just after the log."""
    for _ in range(_MOMENTS):
        now = _standing()
        if now is None or now.next_leaf >= sealed.size():
            return
        time.sleep(_MOMENT)


def _check_reach(now: SharedReach, comparison: Comparison) -> None:
    """Note rooms that say that they are further than the log, or that are far behind it."""
    size, reached = sealed.size(), now.next_leaf
    if reached > size:
        what = f"the rooms say that they show {reached:,} lines of the log, and it has {size:,}"
        table = Reach._meta.db_table
        comparison.differences.append(Difference(room="projecting", table=table, what=what))
    elif reached < size:
        comparison.not_compared.append(
            f"{size - reached:,} lines at the end of the log are not shown yet, and were not"
            " compared. `casebound work` works them out."
        )


def _follow(shadow: Shadow, until: int) -> None:
    """Project the shadow up to leaf `until`, or the end of the log."""
    until = min(until, sealed.size())
    with shadow.entered():
        while actions.project_batch(until) < until:
            pass


@contextmanager
def _one_moment() -> Iterator[None]:
    """Read the derived rows of this moment inside the `with`, while others go on sealing."""
    live: Any = connections["derived"]
    store = StoreConnection("derived")
    if live.in_atomic_block:
        yield
    elif store.is_postgres:
        with live.connection.transaction():
            store.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        store.execute("BEGIN")  # deferred: it reads, and nobody waits for it
        try:
            yield
        finally:
            store.execute("ROLLBACK")


def _compare_table(room: str, table: type[Model], shadow: Shadow, comparison: Comparison) -> None:
    """Read the table as it is shown and as it follows from the log, row beside row."""
    columns = [str(field.column) for field in table._meta.concrete_fields]
    describe = _Describing(room, table._meta.db_table, columns)
    keys = [columns.index(str(field.column)) for field in table._meta.pk_fields]
    named = 0
    try:
        live = StoreConnection("derived")
        with shadow.entered():
            again = StoreConnection("derived")
        with live.errors():
            pairs = _side_by_side(_rows(live, table), _rows(again, table), keys)
            for shown, follows in pairs:
                comparison.rows += 1
                if shown == follows:
                    continue
                named += 1
                if named <= MOST_OF_A_TABLE:
                    comparison.differences.append(describe(shown, follows))
    except (DatabaseError, ValueError, TypeError) as failed:
        what = f"the table {describe.table} of {room} cannot be read ({_name_of(failed)})"
        comparison.differences.append(Difference(room=room, table=describe.table, what=what))
    if named > MOST_OF_A_TABLE:
        what = f"{named - MOST_OF_A_TABLE:,} more rows of {describe.table} differ from the log"
        comparison.differences.append(Difference(room=room, table=describe.table, what=what))


def _rows(store: StoreConnection, table: type[Model]) -> Iterator[Row]:
    collate = ' COLLATE "C"' if store.is_postgres else ""
    columns = ", ".join(f'"{field.column}"' for field in table._meta.concrete_fields)
    order = ", ".join(
        f'"{field.column}"' + (collate if "Char" in field.get_internal_type() else "")
        for field in table._meta.pk_fields
    )
    yield from store.stream(
        f'SELECT {columns} FROM "{table._meta.db_table}" ORDER BY {order}'  # noqa: S608 (own names)
    )


def _side_by_side(
    shown: Iterator[Row], follows: Iterator[Row], keys: Sequence[int]
) -> Iterator[tuple[Row | None, Row | None]]:
    """Yield the rows of one key together; None where one side has no such row."""
    left, right = next(shown, None), next(follows, None)
    while left is not None or right is not None:
        left_key = _key(left, keys) if left is not None else None
        right_key = _key(right, keys) if right is not None else None
        if right_key is None or (left_key is not None and left_key < right_key):
            yield left, None
            left = next(shown, None)
        elif left_key is None or right_key < left_key:
            yield None, right
            right = next(follows, None)
        else:
            yield left, right
            left, right = next(shown, None), next(follows, None)


def _key(row: Row, keys: Sequence[int]) -> Key:
    """Return the key of a row in the databases' order: nothing, numbers, text, then bytes."""
    return tuple((_rank(row[at]), row[at]) for at in keys)


def _rank(value: object) -> int:
    if value is None:
        return 0
    if isinstance(value, int | float):
        return 1
    return 2 if isinstance(value, str) else 3


@dataclass(frozen=True, slots=True)
class _Describing:
    """Says of a row what differs: ids, numbers and names of columns, and never a word of it."""

    room: str
    table: str
    columns: Sequence[str]

    def __call__(self, shown: Row | None, follows: Row | None) -> Difference:
        if shown is None:
            what = f"{self.room} does not show what follows from it (a row of {self.table} is gone)"
        elif follows is None:
            what = f"{self.room} shows what follows from no entry (a row of {self.table} was added)"
        else:
            differing = ", ".join(
                column
                for column, now, then in zip(self.columns, shown, follows, strict=True)
                if now != then
            )
            what = f"{self.room} shows something else than the log says ({self.table}: {differing})"
        row = dict(zip(self.columns, follows or shown or (), strict=True))
        leaf = next((row[name] for name in _LEAVES if isinstance(row.get(name), int)), None)
        entry, book, number = (row.get(name) for name in ("entry_id", "book_id", "number"))
        return Difference(
            room=self.room,
            table=self.table,
            what=what,
            leaf=leaf,
            entry=entry if isinstance(entry, str) else None,
            book=book if isinstance(book, str) else "",
            number=number if isinstance(number, int) else 0,
        )


def _name_of(failed: BaseException) -> str:
    """Return the kind of an error. Its words may hold what somebody wrote."""
    return type(failed).__name__
