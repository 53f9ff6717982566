"""The clauses of the recording policy, and how far each is kept."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Annotated

from msgspec import Meta

from casebound.foundation.base.data_files import MaybeText, Strict, Text, as_shape, read_toml
from casebound.upkeep.policy.marks import marked_tests


class ClauseStatus(StrEnum):
    """How far a clause is kept."""

    WORKS = "works"
    IN_PART = "in part"
    NOT_YET = "not yet"


class Clause(Strict):
    """A clause of the recording policy.

    Attributes:
        id: P01 to P84.
        rooms: the rooms of the plan that keep it.
        asks: what it asks, in a sentence of our own.
        does: what casebound does, and what is still to come; empty if nothing yet.
        where: the modules that do it.
        shown_by: the test that shows it best, as `file::test`; empty if nothing does it yet.
    """

    id: Annotated[str, Meta(pattern=r"^P[0-9]{2}\Z", description="is no clause, P01 to P84")]
    rooms: tuple[Text, ...]
    asks: Text
    does: MaybeText
    where: tuple[Text, ...]
    shown_by: MaybeText
    status: ClauseStatus


class ClausesFile(Strict):
    """The file of all clauses."""

    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A clause, and the tests that show it is kept."""

    clause: Clause
    tests: tuple[str, ...]


@cache
def clauses() -> tuple[Clause, ...]:
    """Return all 84 clauses, in order."""
    file = files(__package__) / "clauses.toml"
    return as_shape(ClausesFile, read_toml(file), where=file.name).clauses


def shown() -> list[Shown]:
    """Return every clause with its tests, which are none where the tests are not installed."""
    tests = marked_tests()
    return [Shown(clause=clause, tests=tuple(tests.get(clause.id, ()))) for clause in clauses()]
