"""Prescriptions and doses as plain values, read from what was sealed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from casebound.foundation.base.calendar import A_DAY, day_of, start_of
from casebound.foundation.base.times import LONDON
from casebound.foundation.proof.canonical import Json
from casebound.record.medicines.amounts import Amount, amount_in
from casebound.record.medicines.form_names import (
    CHECKED,
    GIVEN,
    OUTCOME,
    PRESCRIPTION,
    STOPPED,
    VERSIONS,
)

TAKEN: Final = frozenset({"taken", "part"})  # and given by this home
HAD: Final = frozenset({"taken", "part", "elsewhere"})  # the child had it, also from somebody else
USED_UP: Final = frozenset({"taken", "part", "spoilt"})  # it is no longer in the cupboard
BY_HOME, BY_CHILD = "home", "child"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One sealed entry about medicines, as a row keeps it."""

    leaf: int
    number: int
    form: str
    root: int | None
    about: int | None
    at: datetime
    due_at: datetime | None = None
    author: str
    answers: Mapping[str, Any]

    def text(self, name: str) -> str:
        """Return an answer that is a text; empty if it is not answered."""
        return str(self.answers.get(name) or "")


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """A time at which a medicine is given: how much then, and who gives it."""

    at: time
    dose: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A prescription as one entry gives it, from a moment on."""

    said: Said
    since: datetime
    medicine: str
    dose: str
    regular: bool
    times: tuple[TimeOfDay, ...]
    days: frozenset[int]
    every: int
    first_day: date
    gap: timedelta | None
    most_doses: int | None
    most: Amount | None
    ends_on: date | None
    own: bool  # the child looks after it
    controlled: bool
    checked_by: str = ""
    checked_same: bool = True

    @property
    def label(self) -> str:
        """Name the medicine with its strength, as a label does."""
        return " ".join(part for part in (self.medicine, self.said.text("strength")) if part)

    def time_at(self, moment: datetime) -> TimeOfDay | None:
        """Return its time of that moment's time of day; None if it has none then."""
        wall = moment.astimezone(LONDON).time()
        return next((each for each in self.times if each.at == wall), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescription:
    """A medicine that a child has or had: every version of it, and when it was stopped."""

    root: int
    versions: tuple[Version, ...]  # in the order in which they hold
    stopped: Said | None = None

    @property
    def newest(self) -> Version:
        """The version that holds last."""
        return self.versions[-1]

    def at(self, moment: datetime) -> Version | None:
        """Return the version that holds at a moment; None before the first and after the end."""
        if self.stopped is not None and moment >= self.stopped.at:
            return None
        held = [version for version in self.versions if version.since <= moment]
        version = held[-1] if held else None
        if version is None or (version.ends_on and day_of(moment) > version.ends_on):
            return None
        return version

    def ended(self, at: datetime) -> bool:
        """Say whether it is over at a moment: stopped, or its course complete."""
        return self.at(at) is None and self.versions[0].since <= at


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """A dose that was given, offered or left out, as its entry says it."""

    said: Said
    root: int | None
    medicine: str
    dose: str
    taken: str
    due_at: datetime | None  # the moment it was due, if it says a time
    outcome: Said | None = None
    witness: tuple[str, ...] = ()

    @property
    def amount(self) -> Amount | None:
        """How much it was, if it can be read."""
        return amount_in(self.dose)

    @property
    def had(self) -> bool:
        """Whether the child had it."""
        return self.taken in HAD


def prescriptions_in(entries: Iterable[Said]) -> list[Prescription]:
    """Return the prescriptions that stand, by the name of the medicine."""
    versions: dict[int, list[Version]] = {}
    stops: dict[int, Said] = {}
    checks: dict[int, Said] = {}
    for said in entries:
        if said.form in VERSIONS and said.root is not None:
            versions.setdefault(said.root, []).append(_version(said))
        elif said.form == STOPPED and said.root is not None:
            stops[said.root] = said
        elif said.form == CHECKED and said.about is not None:
            checks[said.about] = said
    return sorted(
        (
            Prescription(
                root=root,
                versions=tuple(_checked(version, checks) for version in _in_order(held)),
                stopped=stops.get(root),
            )
            for root, held in versions.items()
        ),
        key=lambda prescription: (prescription.newest.label.casefold(), prescription.root),
    )


def _in_order(versions: Iterable[Version]) -> list[Version]:
    return sorted(versions, key=lambda version: (version.since, version.said.leaf))


def _checked(version: Version, checks: Mapping[int, Said]) -> Version:
    check = checks.get(version.said.leaf)
    if check is None:
        return version
    return replace(version, checked_by=check.author, checked_same=bool(check.answers.get("same")))


def _version(said: Said) -> Version:
    answers = said.answers
    starts_on = _day(answers.get("starts_on"))
    begins = said.at
    if starts_on is not None and said.form == PRESCRIPTION:
        begins = max(begins, start_of(starts_on))
    gap = amount_in(said.text("gap_hours"))
    dose, times = said.text("dose"), answers.get("times")
    return Version(
        said=said,
        since=begins,
        medicine=said.text("medicine"),
        dose=dose,
        regular=answers.get("given") != "as_needed",
        times=tuple(sorted(_times(times, dose), key=lambda each: each.at)),
        days=frozenset(int(day) for day in answers.get("days") or ()),
        every=int(answers.get("every") or 1),
        first_day=starts_on or day_of(said.at),
        gap=_hours(gap.number) if gap else None,
        most_doses=answers.get("most_doses"),
        most=amount_in(said.text("most")),
        ends_on=_day(answers.get("ends_on")),
        own=answers.get("kept_by") == BY_CHILD,
        controlled=bool(answers.get("controlled")),
    )


def _times(rows: Json, dose: str) -> list[TimeOfDay]:
    return [
        TimeOfDay(
            time.fromisoformat(str(row["at"])),
            str(row.get("dose") or dose),
            str(row.get("by") or BY_HOME),
        )
        for row in (rows if isinstance(rows, list) else ())
        if isinstance(row, Mapping) and row.get("at")
    ]


def _hours(hours: Decimal) -> timedelta:
    return timedelta(seconds=int(hours * 3600))


def _day(answer: Json) -> date | None:
    return date.fromisoformat(answer) if isinstance(answer, str) and answer else None


def doses_in(entries: Sequence[Said]) -> list[Dose]:
    """Return the doses that stand, earliest first."""
    outcomes = {said.about: said for said in entries if said.form == OUTCOME}
    doses = [_dose(said, outcomes) for said in entries if said.form == GIVEN]
    return sorted(doses, key=lambda dose: (dose.said.at, dose.said.leaf))


def _dose(said: Said, outcomes: Mapping[int | None, Said]) -> Dose:
    return Dose(
        said=said,
        root=said.root,
        medicine=said.text("medicine"),
        dose=said.text("dose"),
        taken=said.text("taken"),
        due_at=said.due_at,
        outcome=outcomes.get(said.leaf),
        witness=tuple(str(row.get("name", "")) for row in said.answers.get("witness") or () if row),
    )


def due_near(clock: str, at: datetime) -> datetime | None:
    """Return the moment a dose was due, from its time of day: the one nearest to `at`.

    A dose that is due at 23:45 can be given at 00:10 of the next day.
    """
    try:
        wall = time.fromisoformat(clock)
    except ValueError:
        return None
    today = day_of(at)
    moments = [on_clock(today + days * A_DAY, wall) for days in (-1, 0, 1)]
    return min(moments, key=lambda moment: (abs(moment - at), moment))


@lru_cache(maxsize=4096)
def on_clock(day: date, wall: time) -> datetime:
    """Return when clocks in London show a time on a day.

    In October the first of the two; in March a time that is left out is as late as if it were not.
    """
    return datetime.combine(day, wall, LONDON).astimezone(UTC)
