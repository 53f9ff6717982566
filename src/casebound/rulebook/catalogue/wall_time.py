"""Wall time in Europe/London, as people type it, and the instants it means."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from casebound.foundation.base.times import LONDON

# Only this form: `datetime.fromisoformat` also takes week dates and a date alone, which it reads
# as midnight, an hour nobody said.
_FORM: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})?"
)
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
YEARS: Final = range(1900, 3000)  # a slip of the finger, not something that happened


class WallTimeError(ValueError):
    """A typed time means no instant; the message says why, to the person who typed it."""


@dataclass(frozen=True, slots=True)
class EventTimes:
    """When something happened: instants in UTC, without an end if none was given."""

    start: datetime
    end: datetime | None = None


def local_instant(text: str, *, fold: int = 0) -> datetime:
    """Return the instant in UTC that a typed time means.

    `2026-11-23T18:30`, with seconds if wanted, is wall time in Europe/London; with an offset
    (`+01:00`, `Z`) it is that instant. In the hour that comes twice in October the first one is
    meant, unless `fold` is 1 or an offset says so: the 24 hours then run from the earlier of the
    two, so that the choice never hides a late entry (P43). The hour that is left out in March is
    refused rather than moved, because a time that never was cannot be when it happened.

    Raises:
        WallTimeError: it is not a date and time, or names an hour that did not exist.
    """
    typed = _parsed(text.strip())
    if typed.tzinfo is not None:
        return typed.astimezone(UTC)
    meant = typed.replace(tzinfo=LONDON, fold=fold).astimezone(UTC)
    if meant.astimezone(LONDON).replace(tzinfo=None, fold=0) != typed:
        raise WallTimeError(
            "the clocks went forward that night, so this hour did not exist. "
            "Give the time it was by the new clock"
        )
    return meant


def _parsed(text: str) -> datetime:
    if _FORM.fullmatch(text) is None:
        raise WallTimeError("give a date and a time, such as 23 November 2026 and 18:30")
    try:
        typed = datetime.fromisoformat(text)
    except ValueError:
        raise WallTimeError("there is no such date or time in the calendar") from None
    if typed.year not in YEARS:
        raise WallTimeError(f"the year {typed.year} cannot be right")
    return typed


def event_times(happened_from: str, happened_to: str = "") -> EventTimes:
    """Return the start and end of an event as instants; an empty end is no end.

    An end in the hour that comes twice means its second coming where the first would lie before
    the start: waking night staff write "01:50 to 01:10" and mean twenty minutes.

    Raises:
        WallTimeError: one of them means no instant, or the end is before the start.
    """
    start = local_instant(happened_from)
    if not happened_to.strip():
        return EventTimes(start)
    end = local_instant(happened_to)
    if end < start:
        end = local_instant(happened_to, fold=1)
    if end < start:
        raise WallTimeError("the end is before the start")
    return EventTimes(start, end)


def as_typed(moment: datetime) -> str:
    """Write an instant as a form shows it, to the minute, so that `local_instant` reads it back.

    Only the second coming of the hour in October carries its offset.

    Raises:
        ValueError: `moment` has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a time without a zone cannot be shown")
    local = moment.astimezone(LONDON)
    offset = "+00:00" if local.fold else ""
    return f"{local:%Y-%m-%dT%H:%M}{offset}"


def calendar_day(text: str) -> date:
    """Return the date typed as `2026-11-23`.

    Raises:
        WallTimeError: it is not a date of the calendar.
    """
    if _DAY.fullmatch(text.strip()) is None:
        raise WallTimeError("give a date, such as 23 November 2026")
    return _parsed(f"{text.strip()}T00:00").date()


def a_shift_before(moment: datetime) -> datetime:
    """Return when a shift of eight hours began that ends at `moment`."""
    return moment - timedelta(hours=8)
