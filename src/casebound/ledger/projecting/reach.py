"""How far each room's rows have got, and which rooms must be remade."""

from collections.abc import Iterable
from dataclasses import dataclass

from casebound.ledger.projecting.models import Reach
from casebound.ledger.projecting.registry import affected_by, projections, versions


@dataclass(frozen=True, slots=True)
class SharedReach:
    """How the rooms stand that follow the log together.

    Attributes:
        next_leaf: the next leaf to project.
        fit: rooms whose rows are of this version, as are all rows that they follow from.
        unfit: rooms that follow the log too, on old rows, until they are remade.
    """

    next_leaf: int
    fit: frozenset[str]
    unfit: frozenset[str]


def standing_of(rows: Iterable[tuple[str, int, str]]) -> SharedReach:
    """Return how the rooms stand, from room, next leaf and version of each.

    Without a row at all nothing was ever projected, and every room begins at leaf 0. A room that is
    new to a store that has rows, or has stopped, follows nothing until it is remade.
    """
    now = versions()
    stored = {room: (leaf, version) for room, leaf, version in rows if room in now}
    if not stored:
        return SharedReach(0, frozenset(now), frozenset())
    next_leaf = max(leaf for leaf, _ in stored.values())
    in_step = {room for room, (leaf, _) in stored.items() if leaf == next_leaf}
    current = {room for room in in_step if stored[room][1] == now[room]}
    # In a shadow store (`remaking`) only the rooms that are needed there have a row at all.
    if len(current) == len(stored):
        return SharedReach(next_leaf, frozenset(current), frozenset())
    unfit = affected_by(now.keys() - current)
    return SharedReach(next_leaf, frozenset(current - unfit), frozenset(in_step & unfit))


def has_begun() -> bool:
    """Return whether any room has rows to follow the log with. 1 query."""
    return Reach.objects.exists()


def rooms_to_remake() -> frozenset[str]:
    """Return the rooms whose rows are not of this version, and those that follow from them.

    None in a store without any rows: there the whole log is projected in place. 1 query.
    """
    rows = list(Reach.objects.values_list("room", "next_leaf", "version"))
    if not rows:
        return frozenset()
    now = versions()
    furthest = max(leaf for _, leaf, _ in rows)
    current = {
        room for room, leaf, version in rows if leaf == furthest and version == now.get(room)
    }
    return affected_by(room for room, _ in projections() if room not in current)
