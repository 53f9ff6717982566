"""What a person who leaves has not finished. Rooms above this one know, and say so here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from casebound.foundation.base.ids import WorkerId


@dataclass(frozen=True, slots=True)
class Unfinished:
    """So many things of one kind that somebody began and did not sign.

    `books` names the books they are in, those that who asks may read; the others are only counted.
    """

    what: str
    count: int
    books: tuple[str, ...]


Counter = Callable[[WorkerId, WorkerId, datetime], Sequence[Unfinished]]
_COUNTERS: list[Counter] = []


def count_with(counter: Counter) -> None:
    """Ask `counter` too what somebody has not finished: their account, who asks, and when."""
    if counter not in _COUNTERS:
        _COUNTERS.append(counter)


def unfinished_of(worker: WorkerId, *, asked_by: WorkerId, at: datetime) -> list[Unfinished]:
    """Return what a worker has not finished, by kind, without a word of it. 2 queries."""
    return [kind for counter in _COUNTERS for kind in counter(worker, asked_by, at)]
