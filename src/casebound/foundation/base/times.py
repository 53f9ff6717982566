"""Times: kept as instants in UTC, decided and written out in Europe/London."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from casebound.foundation.base.messages import gettext, gettext_noop

LONDON = ZoneInfo("Europe/London")
_WEEKDAYS = (
    gettext_noop("Monday"), gettext_noop("Tuesday"), gettext_noop("Wednesday"),
    gettext_noop("Thursday"), gettext_noop("Friday"), gettext_noop("Saturday"),
    gettext_noop("Sunday"),
)  # fmt: skip
_MONTHS = (
    gettext_noop("January"), gettext_noop("February"), gettext_noop("March"),
    gettext_noop("April"), gettext_noop("May"), gettext_noop("June"), gettext_noop("July"),
    gettext_noop("August"), gettext_noop("September"), gettext_noop("October"),
    gettext_noop("November"), gettext_noop("December"),
)  # fmt: skip


def utc_text(moment: datetime) -> str:
    """Write an aware instant as `YYYY-MM-DDTHH:MM:SSZ`, whole seconds.

    Raises:
        ValueError: `moment` has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a time without a zone cannot be kept")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def instant(text: str) -> datetime:
    """Read an instant written by `utc_text` (or any ISO 8601 text with an offset).

    Raises:
        ValueError: it is not such a text, or has no offset.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a time without a zone cannot be read")
    return moment.astimezone(UTC)


def as_kept(moment: datetime | str) -> datetime:
    """Return a moment as a driver gives it, aware: SQLite keeps times without a zone, in UTC.

    Where SQLite cannot know that a column is a time, it gives its text. Taken for London's, a
    summer's page would go on an hour off.
    """
    read = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def day_in_words(day: date) -> str:
    """Write a date as a person says it: `Monday 23 November 2026`."""
    return f"{weekday(day)} {date_in_words(day)}"


def date_in_words(day: date) -> str:
    """Write a date where the day of the week says nothing: `23 November 2026`."""
    return f"{day_and_month(day)} {day.year}"


def weekday(day: date) -> str:
    """Return the day of the week: `Monday`."""
    return gettext(_WEEKDAYS[day.weekday()])


def day_and_month(day: date) -> str:
    """Write a day of the year at hand: `23 November`."""
    return f"{day.day} {gettext(_MONTHS[day.month - 1])}"


def near_date(day: date, today: date) -> str:
    """Write a date with its year only where that is another: `5 November`, `20 December 2025`."""
    return day_and_month(day) if day.year == today.year else date_in_words(day)


def near_day(day: date, today: date) -> str:
    """Write a day near today: `Sunday`, `5 November`, `20 December 2025`."""
    if abs((day - today).days) < 7:  # noqa: PLR2004 (a week: the weekday says it)
        return weekday(day)
    return near_date(day, today)


def clock(moment: datetime) -> str:
    """Write the time of day in London: `22:40`; in the hour that comes twice `01:30 BST`."""
    local = moment.astimezone(LONDON)
    return f"{local:%H:%M}{which_hour(moment)}"


def which_hour(moment: datetime) -> str:
    """Write ` BST` or ` GMT` for an instant in the hour that comes twice in October, or nothing."""
    local = moment.astimezone(LONDON)
    first, second = local.replace(fold=0), local.replace(fold=1)
    comes_twice = (first.utcoffset() or timedelta()) > (second.utcoffset() or timedelta())
    return f" {local.tzname()}" if comes_twice else ""


def in_words(moment: datetime) -> str:
    """Write an instant as people in England read it: `Monday 23 November 2026, 22:40`."""
    return f"{day_in_words(moment.astimezone(LONDON).date())}, {clock(moment)}"
