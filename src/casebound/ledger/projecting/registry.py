"""The kinds and projections of all rooms, as the rooms' own modules declare them.

A room's `entries.py` names its kinds in `KINDS`; its `projections.py` names one `PROJECTION`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources.abc import Traversable
from typing import Any, TypeAlias

from django.db.models import Model

from casebound.ledger.projecting.kinds import Kind, Withdrawal
from casebound.ledger.projecting.rooms import declared_items, modules_of_rooms
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry

Project = Callable[[ReadEntry, Any, Rows], None]
Withdraw = Callable[[Withdrawal, Rows], None]
Redraw = Callable[[ReadEntry, ReadEntry, Rows], None]
Named: TypeAlias = "tuple[tuple[str, Projection], ...]"


class UndeclaredWithdrawalError(ValueError):
    """A room does not declare what happens to its rows when an entry is withdrawn."""

    def __init__(self, room: str, kinds: list[str]) -> None:
        """Name the room, the kinds of entry, and what to write."""
        super().__init__(
            f"the projection of {room} reacts to {', '.join(kinds)}, and a later entry can withdraw"
            " such an entry. Give the projection `withdraw`, a function that takes the entry out of"
            " the room's rows, or say in `shows_withdrawn` how the room shows it"
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Projection:
    """How a room's tables follow from the entries.

    Attributes:
        version: raised whenever the rows come out differently. The room is then remade, and so is
            every room whose rows follow from its rows.
        tables: every table of the room, so that a rebuild can empty them.
        on: for each kind of entry, the function from (entry, its typed value, rows) to rows.
        reads_rows_of: labels of the rooms whose rows these functions read, also through reads.
        writes_rows_of: labels of the rooms in whose tables these functions write, such as
            `duties`; they may look up rows there in order to change them.
        depends_on_files: data files, or folders of them, that the rows depend on, such as the
            catalogue's forms. A changed file counts like a raised version.
        empty: empties what the room has in addition to its tables, or tables that take long to
            empty row by row; it runs first, inside the transaction.
        agrees: says whether what the room has in addition to its tables, such as an index, agrees
            with them; for `casebound verify`.
        withdraw: takes an earlier entry out of the rows, in one book. It runs before `on` for the
            entry that withdraws it, and may run more than once for the same earlier entry.
        redraw: writes the rows of an earlier entry again, whose readers a later one changed; from
            (earlier, later, rows). It runs after `on` of every room.
        shows_withdrawn: how the room shows a withdrawn entry, if its rows stay.
        hides_entries: whether its rows keep entries from some readers. When rooms are remade, a row
            of it goes only together with the last rows that others show.
    """

    version: int
    tables: tuple[type[Model], ...]
    on: Mapping[str, Project]
    reads_rows_of: tuple[str, ...] = ()
    writes_rows_of: tuple[str, ...] = ()
    depends_on_files: tuple[Traversable, ...] = ()
    empty: Callable[[], None] | None = None
    agrees: Callable[[], bool] | None = None
    withdraw: Withdraw | None = None
    redraw: Redraw | None = None
    shows_withdrawn: str = ""
    hides_entries: bool = False


@cache
def kinds() -> dict[tuple[str, int], type[Kind]]:
    """Return every kind of entry by name and version.

    Raises:
        ValueError: two kinds have the same name and version.
    """
    return declared_items("entries", "KINDS", key=lambda kind: (kind.kind, kind.version))


@cache
def projections() -> tuple[tuple[str, Projection], ...]:
    """Return every room's projection with the room's label, lowest room first.

    Raises:
        UndeclaredWithdrawalError: one does not declare what happens to a withdrawn entry.
    """
    declared = tuple(
        (module.__name__.split(".")[-2], module.PROJECTION)
        for module in modules_of_rooms("projections")
    )
    for room, projection in declared:
        check_withdrawal(room, projection)
    return declared


def check_withdrawal(room: str, projection: Projection) -> None:
    """Refuse a projection that does not declare what happens when its entries are withdrawn.

    Raises:
        UndeclaredWithdrawalError: it declares neither `withdraw` nor `shows_withdrawn`.
    """
    withdrawable = {name for (name, _), kind in kinds().items() if kind.can_be_withdrawn}
    reacts_to = sorted(withdrawable & projection.on.keys())
    if reacts_to and projection.withdraw is None and not projection.shows_withdrawn:
        raise UndeclaredWithdrawalError(room, reacts_to)


def versions() -> dict[str, str]:
    """Return what each room's rows depend on besides the entries: its version and its files."""
    return dict(_versions(projections()))


def affected_by(rooms: Iterable[str]) -> frozenset[str]:
    """Return `rooms` and the rooms whose rows change when the rows of `rooms` change.

    These are the rooms in whose tables they write, the rooms that read any of these, and so on.
    """
    affected = set(rooms)
    while True:
        more = {
            room
            for room, projection in projections()
            if not affected.isdisjoint(projection.reads_rows_of)
        }
        more.update(
            other
            for room, projection in projections()
            if room in affected
            for other in projection.writes_rows_of
        )
        if more <= affected:
            return frozenset(affected)
        affected |= more


def needed_for(rooms: Iterable[str]) -> frozenset[str]:
    """Return the rooms that must follow the log with `rooms` so that their rows come out right.

    These are the rooms they read, the rooms in whose tables they write, every other room that
    writes in one of these tables, and so on.
    """
    needed = set(rooms)
    while True:
        more: set[str] = set()
        for room, projection in projections():
            if room in needed:
                more.update(projection.reads_rows_of, projection.writes_rows_of)
            elif not needed.isdisjoint(projection.writes_rows_of):
                more.add(room)
        if more <= needed:
            return frozenset(needed)
        needed |= more


@lru_cache(maxsize=8)
def _versions(rooms: Named) -> tuple[tuple[str, str], ...]:
    return tuple((room, _version(projection)) for room, projection in rooms)


def _version(projection: Projection) -> str:
    if not projection.depends_on_files:
        return str(projection.version)
    digest = sha256()
    for file in projection.depends_on_files:
        for name, content in _contents(file):
            digest.update(f"{name}\n{len(content)}\n".encode() + content)
    return f"{projection.version}.{digest.hexdigest()[:32]}"


def _contents(file: Traversable) -> Iterator[tuple[str, bytes]]:
    if file.is_file():
        yield file.name, file.read_bytes()
        return
    for inside in sorted(file.iterdir(), key=lambda inside: inside.name):
        if inside.is_dir() and inside.name != "__pycache__":
            yield from ((f"{inside.name}/{name}", data) for name, data in _contents(inside))
        elif inside.name.endswith(".toml"):
            yield inside.name, inside.read_bytes()
