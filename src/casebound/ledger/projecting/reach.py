"""How far each room's rows have got, and which rooms must be remade."""

from collections.abc import Iterable
from dataclasses import dataclass

from casebound.ledger.projecting.models import Reach
from casebound.ledger.projecting.registry import affected_by, projections, versions
from casebound.ledger.sealing import reads as sealed


@dataclass(frozen=True, slots=True)
class SharedReach:
    """The reach of the rooms that follow the log together.

    Attributes:
        next_leaf: the next leaf to project.
        fit: rooms whose rows, and all rows that they follow from, are of this version.
        unfit: rooms that also follow the log, on old rows, until they are remade.
        begun: whether anything was ever projected in this store.
    """

    next_leaf: int
    fit: frozenset[str]
    unfit: frozenset[str]
    begun: bool = True


def standing_of(rows: Iterable[tuple[str, int, str]]) -> SharedReach:
    """Return the rooms' reach, from the room, next leaf and version of each row.

    If there is no row, nothing was ever projected, and every room begins at leaf 0. A room that is
    new in a store with rows, or that has stopped, does not follow the log until it is remade.
    """
    now = versions()
    stored = {room: (leaf, version) for room, leaf, version in rows if room in now}
    if not stored:
        return SharedReach(0, frozenset(now), frozenset(), begun=False)
    next_leaf = max(leaf for leaf, _ in stored.values())
    in_step = {room for room, (leaf, _) in stored.items() if leaf == next_leaf}
    current = {room for room in in_step if stored[room][1] == now[room]}
    # In a shadow store (`remaking`) only the rooms that it needs have a row.
    if len(current) == len(stored):
        return SharedReach(next_leaf, frozenset(current), frozenset())
    unfit = affected_by(now.keys() - current)
    return SharedReach(next_leaf, frozenset(current - unfit), frozenset(in_step & unfit))


def has_begun() -> bool:
    """Return whether any room has begun to follow the log. 1 query."""
    return Reach.objects.exists()


def is_up_to_date() -> bool:
    """Say whether every entry of the log is projected. 2 queries."""
    rows = Reach.objects.values_list("room", "next_leaf", "version")
    return standing_of(rows).next_leaf == sealed.size()


def rooms_to_remake() -> frozenset[str]:
    """Return the rooms whose rows are of another version, and the rooms that follow from them.

    A store without any rows has them all. 1 query.
    """
    rows = list(Reach.objects.values_list("room", "next_leaf", "version"))
    now = versions()
    if not rows:
        return frozenset(now)
    furthest = max(leaf for _, leaf, _ in rows)
    current = {
        room for room, leaf, version in rows if leaf == furthest and version == now.get(room)
    }
    return affected_by(room for room, _ in projections() if room not in current)
