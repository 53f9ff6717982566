"""How often is too often, and what stands next in a log: plain decisions over plain values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from casebound.foundation.base.times import LONDON


@dataclass(frozen=True, slots=True)
class Numbers:
    """After how many times, within how many days, a strategy meeting is asked for."""

    times: int
    days: int


# A common local number, and no national rule: a home says its own (form `missing_numbers`).
USUAL: Final = Numbers(3, 30)


@dataclass(frozen=True, slots=True, order=True)
class Time:
    """One time a child was missing: since when, and the number of its entry in the book."""

    since_at: datetime
    number: int


def too_often(times: Iterable[Time], new: Time, numbers: Numbers) -> tuple[Time, ...]:
    """Return the times that make it too many together with `new`, oldest first; else nothing.

    They lie within `numbers.days` days of the calendar in London, and `new` is one of them. It may
    have been written down late, so others can lie before it and after it.
    """
    every = sorted({*times, new})
    windows = (_within(first, every, numbers.days) for first in every if first <= new)
    longest = max((window for window in windows if new in window), key=len, default=())
    return longest if len(longest) >= numbers.times else ()


def _within(first: Time, times: Iterable[Time], days: int) -> tuple[Time, ...]:
    end = _on_the_clock(first.since_at) + timedelta(days=days)
    return tuple(time for time in times if first <= time and _on_the_clock(time.since_at) <= end)


def _on_the_clock(moment: datetime) -> datetime:
    """Return what a clock in London showed: the same time of day ends a number of days."""
    return moment.astimezone(LONDON).replace(tzinfo=None)
