"""Reading the table of clocks, strictly: one with a mistake in it stops the program at once."""

import re
import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime
from enum import StrEnum
from importlib.resources.abc import Traversable
from typing import Any, Final, TypeVar

from casebound.foundation.base.digests import digest_of
from casebound.foundation.base.times import LONDON
from casebound.rulebook.clocks.shape import (
    AssignedTo,
    Clock,
    Condition,
    Each,
    End,
    Example,
    From,
    Limit,
    Start,
    Unit,
    Within,
)

AnyList = TypeVar("AnyList", bound=StrEnum)
KEY: Final = re.compile(r"[a-z]+/[a-z-]+")
LONGEST_KEY: Final = 40
LONGEST_WHAT: Final = 120
# Words and worked examples may be put better in place; whatever counts may not.
WORDS: Final = frozenset({"what", "source", "state", "examples"})
UNITS: Final = frozenset(unit.value for unit in Unit)


class ClockFileError(ValueError):
    """The table has a mistake. The message names the clock and what to do."""


def read_clocks(file: Traversable) -> tuple[Clock, ...]:
    """Return the clocks of a table, in its order.

    Raises:
        ClockFileError: the table is not one of clocks.
    """
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    clocks: list[Clock] = []
    whole: dict[str, dict[str, Any]] = {}  # the newest version so far, by key
    for row in table["clocks"]:
        key = str(row.get("key"))
        whole[key] = _whole(row, whole.get(key))
        clocks.append(_clock(whole[key]))
    return tuple(_until_the_next(clock, clocks) for clock in clocks)


def _whole(row: dict[str, Any], earlier: dict[str, Any] | None) -> dict[str, Any]:
    """Return the whole clock of a row; a later version says only what changed."""
    version = row.get("version", 1)
    if version != (earlier.get("version", 1) + 1 if earlier else 1):
        if earlier and version == 1:
            raise ClockFileError(
                f"{row['key']}: stands there twice; a change is a further row with `version`"
            )
        raise ClockFileError(f"{row.get('key')}: version {version} does not follow the one before")
    if earlier is None:
        return row
    if "holds_from" not in row:
        raise ClockFileError(f"{row['key']}: version {version} says `holds_from`, a day")
    left_out = {"examples", *(UNITS if UNITS & row.keys() else ())}
    return {key: value for key, value in earlier.items() if key not in left_out} | row


def _until_the_next(clock: Clock, clocks: list[Clock]) -> Clock:
    later = [
        other.holds_from
        for other in clocks
        if (other.key, other.version) == (clock.key, clock.version + 1)
    ]
    if not later:
        return clock
    if later[0] is None or (clock.holds_from and later[0] <= clock.holds_from):
        raise ClockFileError(f"{clock.key}: `holds_from` of a later version is a later day")
    return replace(clock, holds_until=later[0])


def _clock(given: dict[str, Any]) -> Clock:
    where = str(given.get("key", "a clock without a key"))
    left = dict(given)
    try:
        clock = _taken(left)
    except (KeyError, TypeError, ValueError) as wrong:
        raise ClockFileError(f"{where}: {wrong}") from wrong
    if left:
        raise ClockFileError(f"{where}: unknown key {', '.join(sorted(left))}")
    _check(clock)
    return clock


def _taken(left: dict[str, Any]) -> Clock:
    digest = digest_of({key: value for key, value in left.items() if key not in WORDS})
    limit = _limit(left)
    if limit is None:
        raise ValueError("it has no limit")
    return Clock(
        key=left.pop("key"),
        what=left.pop("what"),
        rule=left.pop("rule"),
        source=left.pop("source"),
        assigned_to=AssignedTo(left.pop("assigned_to")),
        limit=limit,
        goal_hours=left.pop("goal_hours", 0),
        without_delay=left.pop("without_delay", False),
        record=left.pop("record", False),
        barred=left.pop("barred", ""),
        each=Each(left.pop("each")) if "each" in left else None,
        state=tuple(left.pop("state", ())),
        within=Within(left.pop("within", "entry")),
        starts=tuple(_start(dict(one)) for one in left.pop("starts")),
        ends=tuple(_end(dict(one)) for one in left.pop("ends", [])),
        examples=tuple(_example(dict(one)) for one in left.pop("examples")),
        version=left.pop("version", 1),
        holds_from=_first_moment(left.pop("holds_from", "")),
        digest=digest,
    )


def _first_moment(day: str) -> datetime | None:
    if not day:
        return None
    midnight = datetime.combine(date.fromisoformat(day), datetime.min.time(), tzinfo=LONDON)
    return midnight.astimezone(UTC)


def _start(left: dict[str, Any]) -> Start:
    since, _, answer = str(left.pop("from", From.SIGNED.value)).partition(":")
    start = Start(
        forms=tuple(left.pop("forms", ())),
        kind=left.pop("kind", ""),
        since=From(since),
        answer=answer,
        when=_condition(left.pop("when", None)),
        unless=_condition(left.pop("unless", None)),
        prohibited=left.pop("prohibited", False),
        originator=left.pop("originator", False),
        tracked=left.pop("tracked", False),
        limit=_limit(left),
    )
    if bool(start.forms) is bool(start.kind) or bool(answer) is not (start.since is From.ANSWER):
        raise ValueError("a start has forms or a kind, and names the answer it runs from")
    _refuse_left(left)
    return start


def _end(left: dict[str, Any]) -> End:
    end = End(
        form=left.pop("form"),
        when=_condition(left.pop("when", None)),
        by_originator=left.pop("by_originator", False),
        same_event=left.pop("same_event", False),
        fills=left.pop("fills", {}),
    )
    _refuse_left(left)
    return end


def _condition(given: dict[str, Any] | None) -> Condition | None:
    if given is None:
        return None
    values = given["is"]
    return Condition(given["field"], (values,) if isinstance(values, str) else tuple(values))


def _limit(left: dict[str, Any]) -> Limit | None:
    units = [unit for unit in Unit if unit.value in left]
    if len(units) > 1:
        raise ValueError("it has two limits")
    return Limit(units[0], left.pop(units[0].value)) if units else None


def _example(left: dict[str, Any]) -> Example:
    def moment(key: str) -> datetime:
        return datetime.fromisoformat(left.pop(key)).replace(tzinfo=LONDON).astimezone(UTC)

    example = Example(moment("from"), moment("due"), moment("goal") if "goal" in left else None)
    _refuse_left(left)
    return example


def _refuse_left(left: dict[str, Any]) -> None:
    if left:
        raise ValueError(f"unknown key {', '.join(sorted(left))}")


def _check(clock: Clock) -> None:
    if KEY.fullmatch(clock.key) is None or len(clock.key) > LONGEST_KEY:
        raise ClockFileError(f"{clock.key}: a key is room/what, in lower case")
    if len(clock.what) > LONGEST_WHAT or not clock.source or not clock.examples:
        raise ClockFileError(f"{clock.key}: say what to do in a line, its source, and an example")
    if any(bool(one.goal) is not bool(clock.goal_hours) for one in clock.examples):
        raise ClockFileError(f"{clock.key}: each example says the goal, if there is one")
