"""The calendar: how a time limit is counted, in Europe/London (decision 0055).

Hours are instants apart. Days and months are days of the calendar: they end at the same time of
day, or at the end of their last day. Where the clocks change, a limit in days from a moment is
never later than the same time of day, and never later than so many times 24 hours: to flag a duty
early costs a glance, to flag it late costs a child the protection the rule gives.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache

import holidays
from dateutil.relativedelta import relativedelta

from casebound.foundation.base.times import LONDON

A_DAY = timedelta(days=1)
LAST_SECOND = time(23, 59, 59)  # times are sealed in whole seconds
SATURDAY = 5


def day_of(moment: datetime) -> date:
    """Return the day it is in London.

    Raises:
        ValueError: `moment` has no time zone.
    """
    return _aware(moment).astimezone(LONDON).date()


def end_of(day: date) -> datetime:
    """Return the last second of a day in London, as an instant in UTC."""
    return datetime.combine(day, LAST_SECOND, LONDON).astimezone(UTC)


def start_of(day: date) -> datetime:
    """Return the first second of a day in London, as an instant in UTC."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC)


def hours_after(moment: datetime, hours: int) -> datetime:
    """Return the instant so many hours later: 24 hours are 24 hours, whatever the clocks do.

    Raises:
        ValueError: `moment` has no time zone.
    """
    return _aware(moment).astimezone(UTC) + timedelta(hours=hours)


def days_after(moment: datetime, days: int) -> datetime:
    """Return the same time of day in London, so many days of the calendar later, in UTC.

    Over the day of 25 hours in October, it is so many times 24 hours, which is earlier. A time that
    is left out that night (March) becomes the moment the clocks go forward.

    Raises:
        ValueError: `moment` has no time zone.
    """
    local = _aware(moment).astimezone(LONDON)
    same_time = _first_at(local.date() + timedelta(days=days), local.time().replace(fold=0))
    return min(same_time, hours_after(moment, days * 24))


def months_after(day: date, months: int) -> date:
    """Return the same day of the month, so many months later, or the last of a shorter month."""
    later: date = day + relativedelta(months=months)
    return later


def end_of_month(day: date, *, later: int = 0) -> date:
    """Return the last day of the month `later` months after the one of `day`."""
    last: date = day + relativedelta(months=later, day=31)
    return last


def end_of_year(day: date, *, later: int = 0) -> date:
    """Return the last day of the calendar year, or of one `later` years after."""
    return date(day.year + later, 12, 31)


def is_working_day(day: date) -> bool:
    """Say whether England works on a day: no Saturday, Sunday or bank holiday.

    Good Friday, Christmas Day and the Monday for a Boxing Day on a Saturday are bank holidays or
    common law holidays of England, as regulation 2 of the 2006 complaints regulations counts them.
    """
    return day.weekday() < SATURDAY and day not in _bank_holidays(day.year)


def working_days_after(day: date, days: int) -> date:
    """Return the working day that is so many working days after a day, which itself counts not.

    Raises:
        ValueError: `days` is not positive.
    """
    if days < 1:
        raise ValueError("a number of working days begins at one")
    while days:
        day += A_DAY
        days -= is_working_day(day)
    return day


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def _first_at(day: date, wall: time) -> datetime:
    """Return the first instant at which clocks in London show a time on a day, or are past it."""
    shown = datetime.combine(day, wall, LONDON)
    if shown.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) == shown.replace(tzinfo=None):
        return shown.astimezone(UTC)
    # Left out that night: clocks show the full hour after it at once.
    before = datetime.combine(day, wall.replace(minute=0, second=0, microsecond=0), LONDON)
    return before.astimezone(UTC)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a time without a zone cannot be counted from")
    return moment
