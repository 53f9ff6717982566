"""The clauses of the recording policy, and how far each is kept."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from casebound.upkeep.policy.marks import marked_tests


class Status(StrEnum):
    """How far a clause is kept."""

    KEPT = "kept"
    BEGUN = "begun"
    TO_COME = "to come"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A clause of the recording policy.

    Attributes:
        id: P01 to P84.
        rooms: the rooms of the plan that keep it.
        asks: what it asks, in a sentence of our own.
        does: what casebound does, and what is still to come; empty if nothing yet.
        where: the modules that do it.
    """

    id: str
    rooms: tuple[str, ...]
    asks: str
    does: str
    where: tuple[str, ...]
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A clause, and the tests that show it is kept."""

    clause: Clause
    tests: tuple[str, ...]


@cache
def clauses() -> tuple[Clause, ...]:
    """Return all 84 clauses, in order."""
    told = tomllib.loads((files(__package__) / "clauses.toml").read_text(encoding="utf-8"))
    return tuple(
        Clause(
            id=one["id"],
            rooms=tuple(one["rooms"]),
            asks=one["asks"],
            does=one["does"],
            where=tuple(one["where"]),
            status=Status(one["status"]),
        )
        for one in told["clauses"]
    )


def shown() -> list[Shown]:
    """Return every clause with its tests, which are none where the tests are not installed."""
    tests = marked_tests()
    return [Shown(clause=one, tests=tuple(tests.get(one.id, ()))) for one in clauses()]
