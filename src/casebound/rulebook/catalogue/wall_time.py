"""Wall time in Europe/London, as people type it, and the instants it means."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from casebound.foundation.base.messages import gettext
from casebound.foundation.base.times import LONDON, which_hour
from casebound.foundation.base.typed_times import TypedTimeError, typed_day, typed_moment

WallTimeError = TypedTimeError


@dataclass(frozen=True, slots=True)
class EventTimes:
    """When something happened: instants in UTC, without an end if none was given."""

    start: datetime
    end: datetime | None = None


def local_instant(text: str, *, fold: int = 0) -> datetime:
    """Return the instant in UTC that a typed time means.

    `2026-11-23T18:30`, with seconds if wanted, is wall time in Europe/London; with an offset
    (`+01:00`, `Z`) it is that instant. Other ways to type it are read too: see `typed_times`. In
    the hour that comes twice in October the first one is meant, unless `fold` is 1, or an offset
    or `GMT` says so: the 24 hours then run from the earlier of the two, so that the choice never
    hides a late entry (P43). The hour that is left out in March is
    refused rather than moved, because a time that never was cannot be when it happened.

    Raises:
        WallTimeError: it is not a date and time, or names an hour that did not exist.
    """
    return typed_moment(text, fold=fold)


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
        raise WallTimeError(gettext("the end is before the start"))
    return EventTimes(start, end)


def as_typed(moment: datetime) -> str:
    """Write an instant as a form shows it, to the minute, so that `local_instant` reads it back.

    In the hour that comes twice in October it says which one: `2026-10-25T01:30 GMT`.

    Raises:
        ValueError: `moment` has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a time without a zone cannot be shown")
    return f"{moment.astimezone(LONDON):%Y-%m-%dT%H:%M}{which_hour(moment)}"


def calendar_day(text: str) -> date:
    """Return the date that was typed, such as `2026-11-23` or `23 November 2026`.

    Raises:
        WallTimeError: it is not a date of the calendar.
    """
    return typed_day(text)


def a_shift_before(moment: datetime) -> datetime:
    """Return when a shift of eight hours began that ends at `moment`."""
    return moment - timedelta(hours=8)
