"""Medicines as pages show them: every time and amount in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from casebound.foundation.base.calendar import A_DAY, day_of
from casebound.foundation.base.messages import gettext, gettext_noop, ngettext
from casebound.foundation.base.times import clock, date_in_words, near_day, weekday
from casebound.record.medicines.allergies import Allergy
from casebound.record.medicines.amounts import Amount
from casebound.record.medicines.due import DoseState, DueDose, Windows
from casebound.record.medicines.limits import AsNeeded
from casebound.record.medicines.stock import Stock
from casebound.record.medicines.values import Dose, Prescription, Version

A_MONDAY = date(2024, 1, 1)
GIVEN_BY = {
    "home": "",
    "child": gettext_noop("the child takes it"),
    "school": gettext_noop("given by school: ask, and record it"),
    "family": gettext_noop("given by the family: ask, and record it"),
}
HOW = {
    "taken": gettext_noop("given"),
    "part": gettext_noop("only some of it taken"),
    "elsewhere": gettext_noop("given by somebody else"),
    "declined": gettext_noop("refused"),
    "not_given": gettext_noop("not given"),
    "spoilt": gettext_noop("spilt or spoilt"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseRow:
    """A dose at its time, as a list shows it."""

    number: int  # of the prescription
    due: str  # the instant, for the button
    when: str
    what: str
    by: str
    state: str
    recorded: str  # what was written of it
    recorded_number: int = 0
    checked: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicineRow:
    """A prescription, as a list shows it."""

    number: int
    label: str
    what_for: str
    details: Sequence[tuple[str, str]]
    checked: str
    unchecked: bool
    wrong: bool
    own: bool
    controlled: bool
    ended: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeededRow:
    """A medicine that is given when needed: the last dose, and when the next may be given."""

    medicine: MedicineRow
    last: str
    last_number: int
    next: str
    may_now: bool
    had: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AllergyRow:
    """What a child must not have, as a banner shows it."""

    number: int
    substance: str
    words: str


KINDS = {
    "allergy": gettext_noop("allergy"),
    "intolerance": gettext_noop("intolerance"),
    "not_known": gettext_noop("allergy or intolerance"),
}
SEVERITY = {
    "mild": gettext_noop("mild"),
    "serious": gettext_noop("serious"),
    "life": gettext_noop("it can kill: call 999"),
}


def allergy_row(allergy: Allergy) -> AllergyRow:
    """Show what a child must not have: what it is, how bad, what happens, and who says so."""
    said = allergy.said
    if allergy.in_words:
        words = gettext("from the profile")
        return AllergyRow(number=said.number, substance=allergy.substance, words=words)
    source, noticed = said.text("source"), said.text("noticed_on")
    parts = [
        gettext(KINDS.get(said.text("kind"), "")),
        gettext(SEVERITY.get(said.text("severity"), "")),
        said.text("reaction"),
        noticed,
        gettext("said by {source}").format(source=source) if source else "",
        said.text("plan"),
    ]
    return AllergyRow(
        number=said.number,
        substance=allergy.substance,
        words="; ".join(part for part in parts if part),
    )


def allergies_words(allergies: Sequence[Allergy]) -> str:
    """Say in a line what a child must not have: `Allergies: Penicillin (it can kill: …)`."""
    if not allergies:
        return gettext("No allergy is recorded")
    return gettext("Allergies: {allergies}").format(
        allergies="; ".join(_substance(allergy) for allergy in allergies)
    )


def _substance(allergy: Allergy) -> str:
    severity = SEVERITY.get(allergy.said.text("severity"), "")
    if allergy.in_words or not severity:
        return allergy.substance
    return f"{allergy.substance} ({gettext(severity)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class StockRow:
    """What is kept of a medicine."""

    number: int  # of the prescription
    label: str
    balance: str
    last: str
    last_number: int
    differences: Sequence[tuple[int, str]]
    unread: Sequence[int]


MOVES = {
    "came_in": gettext_noop("came in"),
    "counted": gettext_noop("counted"),
    "went_with_child": gettext_noop("went with the child"),
    "returned": gettext_noop("back to the pharmacy"),
    "disposed": gettext_noop("disposed of"),
    "spoilt": gettext_noop("lost or spoilt"),
    "given": gettext_noop("given"),
    "not_given": gettext_noop("not given"),
}


def stock_row(version: Version, stock: Stock, now: datetime) -> StockRow:
    """Show what is kept of a medicine, and which counts did not come out."""
    last = stock.moves[-1] if stock.moves else None
    return StockRow(
        number=version.said.number,
        label=version.label,
        balance=stock.balance.words if stock.balance else "",
        last=(
            gettext("{what} {when} by {who}").format(
                what=gettext(MOVES.get(last.kind, "")),
                when=moment(last.said.at, now),
                who=last.said.author,
            )
            if last
            else ""
        ),
        last_number=last.said.number if last else 0,
        differences=[
            (move.said.number, _apart(move.difference, move.said.at, now))
            for move in stock.differences
            if move.difference is not None
        ],
        unread=[move.said.number for move in stock.moves if move.unread],
    )


def _apart(difference: Amount, at: datetime, now: datetime) -> str:
    size = Amount(abs(difference.number), difference.unit).words
    words = (
        gettext("{size} too few at {when}")
        if difference.number < 0
        else gettext("{size} too many at {when}")
    )
    return words.format(size=size, when=moment(at, now))


def moment(at: datetime, now: datetime) -> str:
    """Write a moment near now: `08:02`, `08:02 yesterday`, `08:02 on 3 November`."""
    days = (day_of(at) - day_of(now)).days
    if days == 0:
        return clock(at)
    if days in {-1, 1}:
        near = gettext("yesterday") if days < 0 else gettext("tomorrow")
        return f"{clock(at)} {near}"
    day = near_day(day_of(at), day_of(now))
    return gettext("{clock} on {day}").format(clock=clock(at), day=day)


def how(dose: Dose, now: datetime) -> str:
    """Say what was written of a dose: `given at 08:02 by Sam Okafor`."""
    return gettext("{how} at {at} by {who}").format(
        how=gettext(HOW.get(dose.taken, "")), at=moment(dose.said.at, now), who=dose.said.author
    )


def dose_row(due: DueDose, now: datetime, windows: Windows) -> DoseRow:
    """Show a dose at its time."""
    state = due.state(now, windows)
    last = due.recorded[-1] if due.recorded else None
    return DoseRow(
        number=due.version.said.number,
        due=due.at.isoformat(),
        when=moment(due.at, now),
        what=f"{due.version.label}: {due.dose}",
        by=given_by(due),
        state=state.value,
        recorded="; ".join(how(dose, now) for dose in due.recorded),
        recorded_number=last.said.number if last else 0,
        checked=bool(due.version.checked_by),
        note=due.version.said.text("instructions"),
    )


def given_by(due: DueDose) -> str:
    """Say who gives a dose, if the home does not."""
    return gettext(GIVEN_BY.get(due.by, ""))


def waits_words(due: DueDose, state: DoseState, now: datetime) -> str:
    """Say how long a dose waits: `due at 08:00`, or that nobody wrote what happened."""
    when = moment(due.at, now)
    if state is DoseState.NOT_RECORDED:
        return gettext("was due {when}: missed, or not recorded").format(when=when)
    return gettext("due {when}").format(when=when)


def medicine_row(prescription: Prescription, version: Version, now: datetime) -> MedicineRow:
    """Show a prescription."""
    said = version.said
    return MedicineRow(
        number=said.number,
        label=version.label,
        what_for=said.text("what_for"),
        details=[(label, words) for label, words in _details(version) if words],
        checked=version.checked_by,
        unchecked=not version.checked_by,
        wrong=bool(version.checked_by) and not version.checked_same,
        own=version.own,
        controlled=version.controlled,
        ended=_ended(prescription, now),
    )


def _details(version: Version) -> list[tuple[str, str]]:
    said = version.said
    return [
        (gettext("How much"), version.dose),
        (gettext("When"), when_words(version)),
        (gettext("When it is needed"), said.text("signs")),
        (gettext("Tried first"), said.text("try_first")),
        (gettext("Limits"), limit_words(version)),
        (gettext("The prescriber is called"), said.text("call_if")),
        (gettext("The label also says"), said.text("instructions")),
        (gettext("Prescribed by"), said.text("prescriber")),
        (gettext("From"), _day_words(said.text("starts_on"))),
        (gettext("Last day"), _day_words(said.text("ends_on"))),
        (gettext("Review"), _day_words(said.text("review_on"))),
    ]


def _day_words(day: str) -> str:
    return date_in_words(date.fromisoformat(day)) if day else ""


def when_words(version: Version) -> str:
    """Say when a medicine is given: `08:00, 20:00 (Monday, Thursday)`."""
    if not version.regular:
        return gettext("only when needed")
    times = ", ".join(
        f"{each.at:%H:%M}"
        + (f" ({each.dose})" if each.dose != version.dose else "")
        + (f" ({gettext(GIVEN_BY[each.by])})" if GIVEN_BY.get(each.by) else "")
        for each in version.times
    )
    if version.days:
        days = ", ".join(weekday(A_MONDAY + day * A_DAY) for day in sorted(version.days))
        return gettext("{times}, only on {days}").format(times=times, days=days)
    if version.every > 1:
        return ngettext("{times}, every day", "{times}, every {number} days", version.every).format(
            times=times, number=version.every
        )
    return times


def limit_words(version: Version) -> str:
    """Say the limits of a medicine that is given when needed."""
    words = []
    if version.gap is not None:
        words.append(
            gettext("at least {hours} between doses").format(hours=hours_words(version.gap))
        )
    if version.most_doses:
        words.append(
            ngettext(
                "at most {number} dose in 24 hours",
                "at most {number} doses in 24 hours",
                version.most_doses,
            ).format(number=version.most_doses)
        )
    if version.most is not None:
        words.append(gettext("at most {amount} in 24 hours").format(amount=version.most.words))
    return ", ".join(words)


def hours_words(span: timedelta) -> str:
    """Write a span in hours: `4 hours`, `1 hour 30 minutes`."""
    minutes = int(span.total_seconds()) // 60
    hours, rest = divmod(minutes, 60)
    parts = (
        [ngettext("{number} hour", "{number} hours", hours).format(number=hours)] if hours else []
    )
    if rest:
        parts.append(ngettext("{number} minute", "{number} minutes", rest).format(number=rest))
    return " ".join(parts) or gettext("no time")


def _ended(prescription: Prescription, now: datetime) -> str:
    if not prescription.ended(now):
        return ""
    stopped = prescription.stopped
    if stopped is not None and stopped.at <= now:
        return gettext("stopped {when}: {why}").format(
            when=moment(stopped.at, now), why=stopped.text("why")
        )
    last = prescription.newest.ends_on
    return gettext("the course ended on {day}").format(day=date_in_words(last)) if last else ""


def needed_row(needed: AsNeeded, now: datetime) -> NeededRow:
    """Show a medicine that is given when needed."""
    had = ngettext("{number} dose in the last 24 hours", "{number} doses in the last 24 hours",
                   needed.count).format(number=needed.count)  # fmt: skip
    if needed.amount is not None and needed.count:
        had = f"{had} ({needed.amount.words})"
    return NeededRow(
        medicine=medicine_row(needed.prescription, needed.version, now),
        last=how(needed.last, now) if needed.last else "",
        last_number=needed.last.said.number if needed.last else 0,
        next=moment(needed.next_at, now) if needed.next_at else "",
        may_now=needed.next_at is None,
        had=had,
    )
