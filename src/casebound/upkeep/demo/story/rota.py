"""Who is on shift: a rolling rota of three weeks for each home, as small homes have it.

Three people share lates and weekends; each third week one of them takes the three nights that the
waking night worker is off, and is off before and after. Nobody works in two homes.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from casebound.upkeep.demo.story.people import HOME_OF, PlannedHome
from casebound.upkeep.demo.story.seasons import SATURDAY, is_school_day

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
class Shift:
    """One shift of a home; `second` is a colleague who is also there, if there is one."""

    home: str
    name: str
    on: date
    author: str
    second: str = ""

    @property
    def begins_at(self) -> datetime:
        """Return when the shift begins."""
        return datetime.combine(self.on, BEGINS[self.name], LONDON)

    @property
    def people(self) -> list[str]:
        """Return who is there."""
        return [worker for worker in (self.author, self.second) if worker]


def shift_of(home: str, name: str, on: date) -> Shift:
    """Return who has this shift. On school days the manager is there for the early shift."""
    team = HOME_OF[home]
    people, weekday, school = _places(team, on), on.weekday(), is_school_day(on)
    if name == NIGHT:
        return Shift(home, name, on, people["R"] if weekday in RELIEF_NIGHTS else team.nights)
    if name == LATE:
        second = team.weekday_lates or team.manager
        return Shift(home, name, on, people[LATES[weekday]], second if weekday < SATURDAY else "")
    if school:
        return Shift(home, name, on, team.manager)
    second = team.manager if weekday < SATURDAY else ""
    return Shift(home, name, on, people[EARLIES[weekday]], second)


def shift_at(home: str, moment: datetime) -> Shift:
    """Return the shift of a home that is on at a moment of London time."""
    on, clock = moment.date(), moment.time()
    if clock < ENDS[NIGHT]:
        return shift_of(home, NIGHT, on - timedelta(days=1))
    if clock < BEGINS[LATE]:
        return shift_of(home, EARLY, on)
    return shift_of(home, LATE if clock < BEGINS[NIGHT] else NIGHT, on)


def next_shift_after(home: str, worker: str, moment: datetime) -> Shift | None:
    """Return the worker's first shift that begins after `moment` and within a week, if any."""
    for ahead in range(9):
        on = moment.date() + timedelta(days=ahead)
        for name in (EARLY, LATE, NIGHT):
            shift = shift_of(home, name, on)
            if worker in shift.people and shift.begins_at > moment:
                return shift
    return None


def who_writes(by: str, home: str, begins: datetime) -> str:
    """Return who writes of what began at a time: by shift, by place on it, or the worker named."""
    match by:
        case "manager":
            return HOME_OF[home].manager
        case "shift":
            return shift_at(home, begins).author
        case "second":
            shift = shift_at(home, begins)
            return shift.second or shift.author
        case "night":
            return shift_of(home, NIGHT, begins.date() - timedelta(days=1)).author
        case "early" | "late":
            return shift_of(home, by, begins.date()).author
    return by


def moment(on: date, clock: str) -> datetime:
    """Return a time of a day in London."""
    hour, minute = clock.split(":")
    return datetime.combine(on, time(int(hour), int(minute)), LONDON)


def _places(team: PlannedHome, on: date) -> dict[str, str]:
    week = (on.toordinal() - 1) // 7  # day 1 was a Monday
    three = team.shifts
    return {"R": three[week % 3], "P": three[(week - 1) % 3], "Q": three[(week + 1) % 3]}
