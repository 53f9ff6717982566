"""What a medicine that is given when needed may be: how soon again, and how much in 24 hours."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from casebound.record.medicines.amounts import Amount
from casebound.record.medicines.due import is_of
from casebound.record.medicines.values import Dose, Prescription, Version

WINDOW: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class AsNeeded:
    """How a medicine stands that is given when needed.

    Attributes:
        last: the last dose the child had.
        next_at: when the next one may be given, by its interval and its maximum; None: now.
        count: how many doses the child had in the last 24 hours.
        amount: how much that was, if every amount can be read.
    """

    prescription: Prescription
    version: Version
    last: Dose | None
    next_at: datetime | None
    count: int
    amount: Amount | None


def as_needed(
    prescription: Prescription, version: Version, doses: Iterable[Dose], *, now: datetime
) -> AsNeeded:
    """Return how a medicine stands that is given when needed."""
    had = [dose for dose in doses if dose.had and is_of(dose, prescription)]
    lately = [dose for dose in had if now - WINDOW < dose.said.at <= now]
    return AsNeeded(
        prescription=prescription,
        version=version,
        last=had[-1] if had else None,
        next_at=_next(version, had, now),
        count=len(lately),
        amount=together(dose.amount for dose in lately),
    )


def _next(version: Version, had: Sequence[Dose], now: datetime) -> datetime | None:
    """Return when both the interval and the maximum allow one more; None if they do now."""
    times = sorted(dose.said.at for dose in had)
    moments = [times[-1] + version.gap] if times and version.gap else []
    if version.most_doses and len(times) >= version.most_doses:
        moments.append(times[-version.most_doses] + WINDOW)
    latest = max(moments, default=now)
    return latest if latest > now else None


@dataclass(frozen=True, slots=True)
class TooSoon:
    """A dose within the interval of this one."""

    other: Dose
    gap: timedelta


@dataclass(frozen=True, slots=True)
class TooMany:
    """With this dose there are more in 24 hours than the prescriber allows."""

    count: int
    most: int


@dataclass(frozen=True, slots=True)
class TooMuch:
    """With this dose it is more in 24 hours than the prescriber allows."""

    amount: Amount
    most: Amount


def over_the_limits(
    version: Version, doses: Iterable[Dose], *, at: datetime, amount: Amount | None
) -> Iterator[TooSoon | TooMany | TooMuch]:
    """Yield which limits of a prescription one more dose at `at` would pass.

    `doses` are the others of it that the child had, before or after: what was written late counts.
    """
    others = list(doses)
    if version.gap is not None:
        near = [dose for dose in others if abs(dose.said.at - at) < version.gap]
        if near:
            yield TooSoon(min(near, key=lambda dose: abs(dose.said.at - at)), version.gap)
    windows = list(_windows(others, at))
    if version.most_doses:
        count = max(len(window) for window in windows) + 1
        if count > version.most_doses:
            yield TooMany(count, version.most_doses)
    if version.most and amount is not None:
        sums = [together([amount, *(dose.amount for dose in window)]) for window in windows]
        most = max((each for each in sums if each), key=lambda each: each.number, default=None)
        if most and most.goes_with(version.most) and most.number > version.most.number:
            yield TooMuch(most, version.most)


def _windows(doses: Sequence[Dose], at: datetime) -> Iterator[list[Dose]]:
    """Yield, for each 24 hours that hold `at`, the doses in them."""
    starts = [at, *(dose.said.at for dose in doses if at - WINDOW < dose.said.at <= at)]
    for start in starts:
        yield [dose for dose in doses if start <= dose.said.at < start + WINDOW]


def together(amounts: Iterable[Amount | None]) -> Amount | None:
    """Return the sum of amounts of one unit; None if one cannot be read or the units differ."""
    total = Amount(Decimal(0))
    for amount in amounts:
        if amount is None or not amount.goes_with(total):
            return None
        total = Amount(total.number + amount.number, total.unit or amount.unit)
    return total
