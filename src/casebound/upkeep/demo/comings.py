"""Who comes and goes in the demo: twins, two who move on, a newcomer, and a new surname.

Each happens at its time between the pages of the story, so that no entry knows the future. Diyar is
a name that two boys of The Old Ferry House have from now on; the second came without papers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from casebound.foundation.base.calendar import day_of
from casebound.foundation.base.times import LONDON
from casebound.people.homes import actions as homes
from casebound.people.homes import reads as seen
from casebound.people.homes.births import BirthKnown
from casebound.upkeep.demo import restrictions, visiting
from casebound.upkeep.demo.story import people
from casebound.upkeep.demo.story.rota import shift_at

if TYPE_CHECKING:
    from casebound.upkeep.demo.building import Building

NEWCOMER, RENAMED = "diyar_second", "keira"
CAME_AGO: Final = timedelta(hours=20)
RENAMED_AGO: Final = timedelta(hours=2)
AT_ONCE: Final = timedelta(minutes=1)  # in a story too short for its day
AGE_YEARS: Final = 15
YEAR: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class StoryStep:
    """Something that happens once, at its time."""

    at: datetime
    do: Callable[["Building", datetime], None]


def steps(until: datetime, days_lived: int) -> list[StoryStep]:
    """Return what happens, in its order."""
    today = until.astimezone(LONDON).date()
    begins = datetime.combine(today - timedelta(days=days_lived), time(), LONDON)
    planned = [
        StoryStep(max(at, begins + AT_ONCE), partial(what, child))
        for child in people.children_on(today)
        for at, what in (
            (people.came_at(child, today), _arrives),
            (people.left_at(child, today), _moves_on),
        )
        if at is not None
    ]
    return sorted(
        [
            *planned,
            StoryStep(until - CAME_AGO, _comes),
            StoryStep(until - CAME_AGO + timedelta(minutes=50), _settles),
            StoryStep(until - RENAMED_AGO, _is_renamed),
            *(StoryStep(max(at, begins + AT_ONCE), do) for at, do in restrictions.steps(until)),
            *(StoryStep(max(at, begins + AT_ONCE), do) for at, do in visiting.steps(until)),
        ],
        key=lambda step: step.at,
    )


def _arrives(child: people.PlannedChild, building: "Building", at: datetime) -> None:
    building.arrive(child, at=at)


def _moves_on(child: people.PlannedChild, building: "Building", at: datetime) -> None:
    (stay,) = seen.placements_of(building.children[child.key])
    by = building.manager(child.home)
    homes.end_placement(placement=stay.id, to_at=at, by=by, at=at)


def _comes(building: "Building", at: datetime) -> None:
    building.admit(
        NEWCOMER,
        home="ferry",
        full_name="Diyar Hewrami",
        called="Diyar",
        pronouns="he, him",
        born_on=day_of(at - AGE_YEARS * YEAR - timedelta(days=100)),
        birth=BirthKnown.ESTIMATED,
        birth_by="Parisa Lodge, social worker of Wendleshire",
        birth_basis="His own account of his schooling, and two social workers. He had no papers.",
        face=9,
        same_name=True,
        from_at=at,
        at=at,
    )


def _settles(building: "Building", at: datetime) -> None:
    _note(
        building,
        NEWCOMER,
        "ferry",
        at,
        "Diyar Hewrami came with his social worker and one small rucksack. He was shown his room "
        "and how the lock works from the inside. He ate two bowls of rice and asked for tea.",
    )


def _is_renamed(building: "Building", at: datetime) -> None:
    child = building.children[RENAMED]
    details = seen.child_details(child)
    if details is None:
        raise LookupError("the story tells of a child who is not there")
    homes.name_child(
        child=child,
        full_name=f"{details.full_name}-Whitby",
        called=details.called,
        pronouns=details.pronouns,
        face=details.face,
        from_on=day_of(at),
        wished_by="Keira-Leigh, to carry her grandmother’s name too; her mother and social "
        "worker agree",
        old_shown=True,
        by=building.manager("ferry"),
        at=at,
    )


def _note(building: "Building", child: str, home: str, at: datetime, words: str) -> None:
    """Write and sign a note by the worker who is on shift."""
    author = shift_at(home, at.astimezone(LONDON)).author or people.HOME_OF[home].manager
    building.note(child, author, words, at=at)
