"""Which doses are due when, and which of them have an entry: plain values, no clock, no table."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from casebound.foundation.base.calendar import A_DAY, day_of
from casebound.foundation.base.folding import fold
from casebound.record.medicines.values import (
    BY_CHILD,
    Dose,
    Prescription,
    TimeOfDay,
    Version,
    on_clock,
)

LATE: Final = timedelta(minutes=120)  # until the home decides for itself
EARLY: Final = timedelta(minutes=60)


class DoseState(StrEnum):
    """How a dose stands."""

    LATER = "later"  # it comes later
    NOW = "now"  # it may be given
    NOT_RECORDED = "not_recorded"  # its time is over, and nobody wrote what happened
    RECORDED = "recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """How early a dose may be given, and after how long without an entry it is asked about."""

    late: timedelta = LATE
    early: timedelta = EARLY


USUAL: Final = Windows()


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDose:
    """A dose at its time, and what was recorded of it: nothing, an entry, or more than one."""

    prescription: Prescription
    version: Version
    at: datetime
    dose: str
    by: str
    recorded: tuple[Dose, ...] = ()

    def state(self, now: datetime, windows: Windows = USUAL) -> DoseState:
        """Say how it stands at a moment."""
        if self.recorded:
            return DoseState.RECORDED
        if now < self.at - windows.early:
            return DoseState.LATER
        return DoseState.NOW if now <= self.at + windows.late else DoseState.NOT_RECORDED


def due_doses(
    prescriptions: Iterable[Prescription],
    doses: Sequence[Dose],
    *,
    since: datetime,
    until: datetime,
) -> list[DueDose]:
    """Return the doses that are due from `since` to before `until`, in the order of their times.

    Own medicine is not among them: the child takes it without being watched.
    """
    recorded = _by_time(doses)
    due = [
        DueDose(
            prescription=prescription,
            version=version,
            at=at,
            dose=time.dose,
            by=time.by,
            recorded=tuple(dose for dose in recorded.get(at, ()) if is_of(dose, prescription)),
        )
        for prescription in prescriptions
        for at, version, time in _times(prescription, since, until)
        if not version.own and time.by != BY_CHILD
    ]
    return sorted(due, key=lambda each: (each.at, each.version.label.casefold()))


def _by_time(doses: Iterable[Dose]) -> Mapping[datetime, list[Dose]]:
    recorded: dict[datetime, list[Dose]] = {}
    for dose in doses:
        if dose.due_at is not None:
            recorded.setdefault(dose.due_at, []).append(dose)
    return recorded


def _times(
    prescription: Prescription, since: datetime, until: datetime
) -> Iterator[tuple[datetime, Version, TimeOfDay]]:
    """Yield the times of a prescription, each by the version that holds at that moment."""
    since = max(since, prescription.versions[0].since)
    day, last = day_of(since), day_of(until)
    while day <= last:
        for version in prescription.versions:
            for time in version.times if version.regular else ():
                at = on_clock(day, time.at)
                if since <= at < until and prescription.at(at) is version and _is_on(version, at):
                    yield at, version, time
        day += A_DAY


def _is_on(version: Version, at: datetime) -> bool:
    """Say whether a medicine is given on that day of the week, and that day of its rhythm."""
    day = day_of(at)
    if version.days and day.weekday() not in version.days:
        return False
    return (day - version.first_day).days % version.every == 0


def is_of(dose: Dose, prescription: Prescription) -> bool:
    """Say whether a dose is of a prescription: begun from it, or of the same name without one."""
    if dose.root is not None:
        return dose.root == prescription.root
    return is_named_in(prescription.newest.medicine, dose.medicine)


def is_named_in(medicine: str, text: str) -> bool:
    """Say whether a text names a medicine, word for word."""
    words, among = fold(medicine).split(), fold(text).split()
    return bool(words) and any(
        among[place : place + len(words)] == words for place in range(len(among))
    )
