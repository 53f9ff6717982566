"""What a date is like in Wendleshire: school terms, daylight and made-up weather."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Final

from dateutil.easter import easter

MONDAY, TUESDAY, WEDNESDAY, FRIDAY, SATURDAY = 0, 1, 2, 4, 5
DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SECOND_WEEK: Final = range(8, 15)  # days of a month: those with its second Monday and so on
WET_DAYS_IN_TEN: Final = 4
DARK_MONTHS: Final = frozenset({10, 11, 12, 1, 2})
COLD_MONTHS: Final = frozenset({11, 12, 1, 2})
WARM_MONTHS: Final = frozenset({6, 7, 8})


def dice(*parts: object) -> Random:
    """Return the chance that belongs to these parts, the same on every run and every machine."""
    return Random("|".join(str(part) for part in parts))  # noqa: S311 - tells a story


@dataclass(frozen=True, slots=True)
class Day:
    """A date and the words that are true of it, as the sentences of the lives ask for them."""

    on: date
    school: bool
    week: int
    tags: frozenset[str]

    @property
    def number_of_week(self) -> int:
        """Return the number of the week, counted from the year 1."""
        return (self.on.toordinal() - 1) // 7


@cache
def day_of(on: date, week: int, seed: int) -> Day:
    """Return what `on`, in the given week of the story, is like."""
    school = is_school_day(on)
    tags = {DAYS[on.weekday()], "school" if school else "free"}
    if on.weekday() >= SATURDAY:
        tags.add("weekend")
    tags |= _weather(on, seed)
    if on.day in SECOND_WEEK:
        tags.add("second")
    tags.add("dark" if on.month in DARK_MONTHS else "light")
    return Day(on, school, week, frozenset(tags))


def _weather(on: date, seed: int) -> set[str]:
    chance = dice(seed, "weather", on)
    tags = {"wet"} if chance.randrange(10) < WET_DAYS_IN_TEN else {"dry"}
    if on.month in COLD_MONTHS and chance.random() < 0.5:  # noqa: PLR2004 - every other day
        tags.add("cold")
    elif on.month in WARM_MONTHS:
        tags.add("warm")
    else:
        tags.add("mild")
    return tags


@cache
def is_school_day(on: date) -> bool:
    """Say whether school is open: Monday to Friday in term, as English schools commonly have it."""
    holidays = _holidays(on.year)
    return on.weekday() < SATURDAY and not any(first <= on <= last for first, last in holidays)


@cache
def _holidays(year: int) -> tuple[tuple[date, date], ...]:
    easter_sunday = easter(year)
    autumn_half = _monday_before(date(year, 10, 31))
    spring_half = _monday_before(date(year, 2, 18))
    late_may = _monday_before(date(year, 5, 31))
    return (
        (date(year, 1, 1), date(year, 1, 4)),
        (spring_half, spring_half + timedelta(days=4)),
        (easter_sunday - timedelta(days=9), easter_sunday + timedelta(days=8)),
        (_monday_before(date(year, 5, 7)), _monday_before(date(year, 5, 7))),
        (late_may, late_may + timedelta(days=4)),
        (date(year, 7, 22), date(year, 9, 1)),
        (autumn_half, autumn_half + timedelta(days=4)),
        (date(year, 12, 19), date(year, 12, 31)),
    )


def _monday_before(on: date) -> date:
    return on - timedelta(days=on.weekday())
