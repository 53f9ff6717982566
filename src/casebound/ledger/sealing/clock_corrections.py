"""Lines of the log whose times had not come, and what they count as (format, F7, `clock`)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from casebound.foundation.base.times import instant
from casebound.foundation.proof.leaf import ClockLeaf, parse_leaf
from casebound.ledger.sealing.connection import StoreConnection

AT: Final = slice(7, 27)  # of an entry's line: it begins with its time (format, F7)
_AT_A_TIME: Final = 500


@dataclass(frozen=True, slots=True)
class ClockCorrection:
    """The leaves from `first` to `line` (not included) were sealed by `true` at the latest."""

    first: int
    line: int
    true: str


def corrections(store: StoreConnection) -> tuple[ClockCorrection, ...]:
    """Return every correction of the clock that the log tells. 1 query."""
    rows = store.execute(
        "SELECT idx, data FROM log_leaf WHERE entry_id IS NULL ORDER BY idx"
    ).fetchall()
    read = [(index, parse_leaf(bytes(data))) for index, data in rows if index]
    return tuple(
        ClockCorrection(leaf.first, index, leaf.true)
        for index, leaf in read
        if isinstance(leaf, ClockLeaf)
    )


def ran_ahead(index: int, moment: datetime, put_right: Sequence[ClockCorrection]) -> timedelta:
    """Return by how much a time of leaf `index` is later than the latest it can have been."""
    ahead = timedelta(0)
    for correction in put_right:
        if correction.first <= index < correction.line:
            ahead = max(ahead, moment - instant(correction.true))
    return ahead


def first_later_than(store: StoreConnection, time: str, *, size: int) -> int:
    """Return the first of the log's last leaves whose time is later; `size` if there is none."""
    first = size
    while True:
        rows = store.execute(
            "SELECT idx, data FROM log_leaf WHERE idx > 0 AND idx < %s ORDER BY idx DESC LIMIT %s",
            [first, _AT_A_TIME],
        ).fetchall()
        for index, data in rows:
            if json.loads(bytes(data))["at"] <= time:
                return first
            first = index
        if not rows:
            return first
