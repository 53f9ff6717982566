"""What details a profile shows: plain values in, plain values out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from casebound.foundation.proof.canonical import Json

DAY: Final = "day"  # the question of the daily log that the balance is made from
LOOK_BACK: Final = 30  # days, today among them


class Was(StrEnum):
    """How a day was."""

    GOOD = "good"
    MIXED = "mixed"
    DIFFICULT = "difficult"
    NOT_SAID = ""


@dataclass(frozen=True, slots=True)
class Spell:
    """A value and the entries that say so without a break: the first one says since when."""

    value: Json
    since: int  # the place of the first such section, the oldest being 0
    until: int | None  # the place of the section that says something else; None: it still holds


def spells(sections: Sequence[Mapping[str, Json]], field: str) -> list[Spell]:
    """Return what was said in answer to a field, oldest first; silence ends a spell."""
    spells_so_far: list[Spell] = []
    for place, answers in enumerate(sections):
        value = answers.get(field)
        last = spells_so_far[-1] if spells_so_far and spells_so_far[-1].until is None else None
        if last is not None and last.value == value:
            continue
        if last is not None:
            spells_so_far[-1] = Spell(last.value, last.since, place)
        if value is not None:
            spells_so_far.append(Spell(value, place, None))
    return spells_so_far


def day_by_day(ratings: Iterable[tuple[date, str]], *, today: date) -> list[tuple[date, Was]]:
    """Return how each of the last 30 days was, oldest first.

    Several logs of one day: good and difficult ones together make it mixed.
    """
    by_day: dict[date, set[Was]] = {}
    for on, was in ratings:
        by_day.setdefault(on, set()).add(Was(was))
    days = [today - timedelta(days=ago) for ago in range(LOOK_BACK - 1, -1, -1)]
    return [(day, _together(by_day.get(day, set()))) for day in days]


def _together(ratings: set[Was]) -> Was:
    if not ratings:
        return Was.NOT_SAID
    return next(iter(ratings)) if len(ratings) == 1 else Was.MIXED


def only_difficult(days: Iterable[tuple[date, Was]]) -> bool:
    """Say whether a difficult day is on record and not one good thing beside it."""
    ratings = {was for _, was in days}
    return Was.DIFFICULT in ratings and not ratings & {Was.GOOD, Was.MIXED}
