"""Lines at the head of the desk that lead to pages of other rooms.

A room declares them in `desk_lines.py`, `LINES` (of Shift: `SHIFT_LINES`): functions that say what
waits there for a person, or nothing. So the desk knows none of those rooms.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cache

from casebound.foundation.web.line_items import LineItem
from casebound.ledger.projecting.rooms import declared_items
from casebound.people.access.reads import WorkerRights

DeskLine = Callable[[WorkerRights, datetime], LineItem | None]


@cache
def _lines(name: str) -> tuple[DeskLine, ...]:
    return tuple(declared_items("desk_lines", name, key=lambda line: line.__qualname__).values())


def lines_for(rights: WorkerRights, *, at: datetime, of_shift: bool = False) -> list[LineItem]:
    """Return what the rooms say at the head of a person's desk, or of their Shift page."""
    said = (line(rights, at) for line in _lines("SHIFT_LINES" if of_shift else "LINES"))
    return [line for line in said if line is not None]
