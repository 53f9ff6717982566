"""Who is on shift: a rolling rota of three weeks for each home, as small homes have it.

Three people share lates and weekends; each third week one of them takes the three nights that the
waking night worker is off, and is off before and after. Nobody works in two homes.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from casebound.upkeep.demo.story.seasons import SATURDAY

LONDON: Final = ZoneInfo("Europe/London")
EARLY, LATE, NIGHT = "early", "late", "night"
BEGINS: Final = {EARLY: time(7, 30), LATE: time(14, 30), NIGHT: time(22, 0)}
ENDS: Final = {EARLY: time(15, 15), LATE: time(23, 0), NIGHT: time(8, 0)}
# By day of the week, the person of this week's rota: R takes the relief nights this week, P took
# them last week, Q neither.
EARLIES: Final = "QQRPPPP"
LATES: Final = "RPQQQQQ"
RELIEF_NIGHTS: Final = frozenset({3, 4, 5})


@dataclass(frozen=True, slots=True)
class Team:
    """The people of a home, by what they do on the rota."""

    manager: str
    day: tuple[str, str, str]
    nights: str
    weekdays: str | None  # a second person on weekday lates


TEAMS: Final = {
    "quince": Team("marguerite", ("shanice", "tomasz", "bethan"), "doreen", "callum"),
    "ferry": Team("ruth", ("nirmala", "oisin", "leanne"), "ewa", None),
}


@dataclass(frozen=True, slots=True)
class Shift:
    """One shift of a home; `second` is a colleague who is also there, if there is one."""

    home: str
    name: str
    on: date
    author: str
    second: str | None

    @property
    def begins_at(self) -> datetime:
        """Return when the shift begins."""
        return datetime.combine(self.on, BEGINS[self.name], LONDON)

    @property
    def ends_at(self) -> datetime:
        """Return when the shift ends; a night ends the next day."""
        on = self.on + timedelta(days=1) if self.name == NIGHT else self.on
        return datetime.combine(on, ENDS[self.name], LONDON)


def shift_of(home: str, name: str, on: date, *, school: bool) -> Shift:
    """Return who has this shift. On school days the manager is there for the early shift."""
    team = TEAMS[home]
    people = _places(team, on)
    weekday = on.weekday()
    if name == NIGHT:
        author = people["R"] if weekday in RELIEF_NIGHTS else team.nights
        return Shift(home, name, on, author, None)
    if name == EARLY:
        author = team.manager if school else people[EARLIES[weekday]]
        return Shift(
            home, name, on, author, None if school or weekday >= SATURDAY else team.manager
        )
    second = team.weekdays or team.manager
    return Shift(home, name, on, people[LATES[weekday]], second if weekday < SATURDAY else None)


def shift_at(home: str, moment: datetime, *, school: bool) -> Shift:
    """Return the shift of a home that is on at a moment of London time."""
    on, clock = moment.date(), moment.time()
    if clock < ENDS[NIGHT]:
        return shift_of(home, NIGHT, on - timedelta(days=1), school=school)
    if clock < BEGINS[LATE]:
        return shift_of(home, EARLY, on, school=school)
    if clock < BEGINS[NIGHT]:
        return shift_of(home, LATE, on, school=school)
    return shift_of(home, NIGHT, on, school=school)


def next_shift_after(home: str, worker: str, moment: datetime) -> Shift | None:
    """Return the worker's first shift that begins after `moment` and within a week, if any."""
    for ahead in range(9):
        on = moment.date() + timedelta(days=ahead)
        for name in (EARLY, LATE, NIGHT):
            shift = shift_of(home, name, on, school=on.weekday() < SATURDAY)
            if worker in {shift.author, shift.second} and shift.begins_at > moment:
                return shift
    return None


def _places(team: Team, on: date) -> dict[str, str]:
    week = (on.toordinal() - 1) // 7  # day 1 was a Monday
    three = team.day
    return {"R": three[week % 3], "P": three[(week - 1) % 3], "Q": three[(week + 1) % 3]}
