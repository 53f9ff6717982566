"""Which entries tell of coming and going: plain decisions over their content."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from casebound.foundation.proof.canonical import Json
from casebound.rulebook.catalogue.wall_time import WallTimeError, local_instant

GOING_OUT: Final = "going_out"
CAME_BACK: Final = "came_back"
VISITOR: Final = "visitor"
VISITOR_LEFT: Final = "visitor_left"
MISSING: Final = "missing"
RETURNED: Final = "returned"
ROSTER: Final = "roster_planned"
LONG_AGO: Final = timedelta(days=2)  # a visitor who was never signed out: said, and not counted


class MovementKind(StrEnum):
    """What a movement is."""

    OUT = "out"
    MISSING = "missing"
    VISITOR = "visitor"


BEGINS: Final[Mapping[str, MovementKind]] = {
    GOING_OUT: MovementKind.OUT,
    MISSING: MovementKind.MISSING,
    VISITOR: MovementKind.VISITOR,
}
# What ends which: by following the entry, or, for a child who came back, all that is open of them.
ENDS_FOLLOWED: Final = frozenset({CAME_BACK, VISITOR_LEFT})
ENDS_ALL: Final = frozenset({CAME_BACK, RETURNED})
OVER: Final[Mapping[str, str]] = {VISITOR: "left_at", MISSING: "returned_at"}


@dataclass(frozen=True, slots=True)
class PlannedShift:
    """A row of the roster."""

    who: str
    part: str
    begins: datetime
    ends: datetime


def words_of(form: str, answers: Mapping[str, Json]) -> str:
    """Return where somebody went and with which people, or why a visitor came."""
    names = ("reason",) if form == VISITOR else ("where_to", "with_whom")
    return "; ".join(str(answers[name]) for name in names if answers.get(name))


def shifts_in(answers: Mapping[str, Json]) -> Iterator[PlannedShift]:
    """Yield the shifts of a roster. One that ends before it begins goes over midnight."""
    rows = answers.get("shifts")
    for row in rows if isinstance(rows, list) else ():
        if not isinstance(row, Mapping):
            continue
        try:
            begins = local_instant(f"{row['day']}T{row['begins']}")
            ends = local_instant(f"{row['day']}T{row['ends']}")
        except (KeyError, WallTimeError):
            continue
        over = ends if ends > begins else ends + timedelta(days=1)
        yield PlannedShift(str(row.get("who", "")), str(row.get("part", "")), begins, over)
