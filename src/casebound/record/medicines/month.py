"""A month's administration record: each medicine at each of its times, day by day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from casebound.foundation.base.calendar import A_DAY, day_of, end_of_month, start_of
from casebound.foundation.base.messages import gettext, gettext_noop
from casebound.foundation.base.times import LONDON, clock, date_in_words, day_and_month
from casebound.record.medicines.due import DoseState, DueDose, Windows, is_of
from casebound.record.medicines.reads import ChildMedicines
from casebound.record.medicines.shown import HOW, limit_words, when_words
from casebound.record.medicines.values import Dose, Prescription, Version

# By what became of it: the letter in the box. A dose that was given has the initials alone.
CODES: Final[Mapping[str, tuple[str, str]]] = {
    "part": ("P", gettext_noop("only some of it taken")),
    "elsewhere": ("E", gettext_noop("given by somebody else")),
    "declined": ("R", gettext_noop("refused")),
    "spoilt": ("D", gettext_noop("spilt or spoilt")),
    "missed": ("M", gettext_noop("missed")),
    "not_known": ("U", gettext_noop("nobody knows whether it was given")),
    "asleep": ("S", gettext_noop("asleep")),
    "away": ("A", gettext_noop("away or missing")),
    "hospital": ("H", gettext_noop("in hospital")),
    "sick": ("N", gettext_noop("being sick")),
    "none_left": ("O", gettext_noop("none left")),
    "advice": ("W", gettext_noop("withheld on advice")),
    "other": ("X", gettext_noop("not given, for another reason")),
}
NOT_RECORDED: Final = "?"


@dataclass(frozen=True, slots=True)
class MonthBox:
    """One box: what stands in it, and how; empty: nothing was due."""

    words: tuple[str, ...] = ()
    kind: str = ""  # given, not_given, not_recorded, later


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One time of a medicine, day by day."""

    time: str
    boxes: Sequence[MonthBox]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthMedicine:
    """A medicine with its lines."""

    label: str
    details: Sequence[str]
    lines: Sequence[MonthLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthNote:
    """A dose of which more is to be said than a box holds."""

    number: int
    when: str
    what: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRecord:
    """The whole record of a month."""

    days: Sequence[int]
    medicines: Sequence[MonthMedicine]
    notes: Sequence[MonthNote]
    codes: Sequence[tuple[str, str]]
    initials: Sequence[tuple[str, str]]


def month_span(first: date) -> tuple[datetime, datetime]:
    """Return when a month begins and ends in London."""
    return start_of(first), start_of(end_of_month(first) + A_DAY)


def month_record(child: ChildMedicines, first: date, *, now: datetime) -> MonthRecord:
    """Return the record of the month that begins on `first`."""
    since, until = month_span(first)
    doses = [dose for dose in child.doses if since <= (dose.due_at or dose.said.at) < until]
    initials = _initials(doses)
    days = range(1, end_of_month(first).day + 1)
    due = child.due(since=since, until=until)
    medicines = [
        _medicine(prescription, due, doses, days, initials, now=now, windows=child.policy.windows)
        for prescription in child.prescriptions
        if _is_in(prescription, due, doses, since, until)
    ]
    others = [dose for dose in child.of_none() if dose in doses]
    if others:
        lines = [MonthLine("", [_when_given(others, day, initials) for day in days])]
        words = gettext("Given without a prescription")
        medicines.append(MonthMedicine(label=words, details=(), lines=lines))
    used = {_code(dose) for dose in doses}
    return MonthRecord(
        days=days,
        medicines=medicines,
        notes=[note for dose in doses if (note := _note(dose))],
        codes=[(letter, gettext(words)) for key, (letter, words) in CODES.items() if key in used],
        initials=sorted((letters, name) for name, letters in initials.items()),
    )


def _is_in(
    prescription: Prescription,
    due: Iterable[DueDose],
    doses: Iterable[Dose],
    since: datetime,
    until: datetime,
) -> bool:
    return (
        any(each.prescription is prescription for each in due)
        or any(is_of(dose, prescription) for dose in doses)
        or (prescription.versions[0].since < until and not prescription.ended(since))
    )


def _medicine(
    prescription: Prescription,
    due: Sequence[DueDose],
    doses: Sequence[Dose],
    days: range,
    initials: Mapping[str, str],
    *,
    now: datetime,
    windows: Windows,
) -> MonthMedicine:
    own = [each for each in due if each.prescription is prescription]
    at_times: dict[str, dict[int, DueDose]] = {}
    for each in own:
        local = each.at.astimezone(LONDON)
        at_times.setdefault(f"{local:%H:%M}", {})[local.day] = each
    lines = [
        MonthLine(wall, [_box(by_day.get(day), initials, now, windows) for day in days])
        for wall, by_day in sorted(at_times.items())
    ]
    settled = {dose.said.leaf for each in own for dose in each.recorded}
    rest = [dose for dose in doses if is_of(dose, prescription) and dose.said.leaf not in settled]
    if rest or not prescription.newest.regular:
        words = gettext("when needed") if not prescription.newest.regular else gettext("other")
        lines.append(MonthLine(words, [_when_given(rest, day, initials) for day in days]))
    return MonthMedicine(
        label=prescription.newest.label,
        details=[
            line for version in prescription.versions for line in _details(prescription, version)
        ],
        lines=lines,
    )


def _details(prescription: Prescription, version: Version) -> list[str]:
    said = version.said
    since = date_in_words(day_of(version.since))
    parts = [
        f"{version.dose}, {when_words(version)}",
        limit_words(version),
        said.text("instructions"),
        gettext("prescribed by {who}").format(who=said.text("prescriber")),
        gettext("from {since}").format(since=since),
    ]
    if version.ends_on:
        parts.append(gettext("to {day}").format(day=date_in_words(version.ends_on)))
    if prescription.stopped is not None and version is prescription.newest:
        stopped = prescription.stopped.at
        parts.append(
            gettext("stopped at {clock} on {day}").format(
                clock=clock(stopped), day=date_in_words(day_of(stopped))
            )
        )
    if version.own:
        parts.append(gettext("the child looks after it"))
    return [" · ".join(part for part in parts if part)]


def _box(
    due: DueDose | None, initials: Mapping[str, str], now: datetime, windows: Windows
) -> MonthBox:
    if due is None:
        return MonthBox()
    if due.recorded:
        given = all(dose.had for dose in due.recorded)
        return MonthBox(
            tuple(_letters(dose, initials) for dose in due.recorded),
            "given" if given else "not_given",
        )
    if due.state(now, windows) is DoseState.NOT_RECORDED:
        return MonthBox((NOT_RECORDED,), "not_recorded")
    return MonthBox((), "later")


def _when_given(doses: Iterable[Dose], day: int, initials: Mapping[str, str]) -> MonthBox:
    words = tuple(
        f"{clock(dose.said.at)} {_letters(dose, initials)}"
        for dose in doses
        if day_of(dose.said.at).day == day
    )
    return MonthBox(words, "given" if words else "")


def _letters(dose: Dose, initials: Mapping[str, str]) -> str:
    code = CODES.get(_code(dose), ("", ""))[0]
    return f"{code} {initials[dose.said.author]}".strip()


def _code(dose: Dose) -> str:
    if dose.taken == "not_given":
        return dose.said.text("reason") or "other"
    return dose.taken


def _initials(doses: Iterable[Dose]) -> dict[str, str]:
    """Return the initials of each author, told apart by a number where two have the same."""
    found: dict[str, str] = {}
    for name in dict.fromkeys(dose.said.author for dose in doses):
        letters = "".join(part[0] for part in name.split()).upper()
        same = sum(other.rstrip("0123456789") == letters for other in found.values())
        found[name] = f"{letters}{same + 1}" if same else letters
    return found


def _note(dose: Dose) -> MonthNote | None:
    said = dose.said
    outcome = dose.outcome
    parts = [
        said.text("needed_why"),
        said.text("not_taken_why"),
        said.text("by_whom"),
        said.text("despite"),
        gettext("watched by {who}").format(who=", ".join(dose.witness)) if dose.witness else "",
        said.text("effects"),
        outcome.text("noticed") if outcome else "",
        gettext(HELPED.get(outcome.text("helped"), "")) if outcome else "",
    ]
    words = "; ".join(part for part in parts if part)
    if not words:
        return None
    return MonthNote(
        number=said.number,
        when=f"{day_and_month(day_of(said.at))}, {clock(said.at)}",
        what=f"{dose.medicine}: {dose.dose}, {gettext(HOW.get(dose.taken, ''))}",
        said=words,
    )


HELPED: Final = {
    "yes": gettext_noop("it helped"),
    "some": gettext_noop("it helped a little"),
    "no": gettext_noop("it did not help"),
    "worse": gettext_noop("it made something worse"),
}
