"""What a medicine is warned of before its entry is signed. A warning asks, and never forbids.

Each asks for an answer in words: who was asked, and what they said. So the entry holds it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from casebound.foundation.base.messages import gettext
from casebound.record.medicines.allergies import Alert, Allergy, Closeness, alerts
from casebound.record.medicines.amounts import amount_in
from casebound.record.medicines.due import is_of
from casebound.record.medicines.limits import TooMany, TooMuch, TooSoon, over_the_limits
from casebound.record.medicines.shown import hours_words, how, moment
from casebound.record.medicines.values import HAD, Dose, Prescription, Version

RULE: Final = "reg 23(2)(b)"


@dataclass(frozen=True, slots=True)
class Warned:
    """One warning: a sentence, and whether it is about an allergy."""

    words: str
    is_allergy: bool = False


def allergy_warnings(medicine: str, allergies: Sequence[Allergy]) -> Iterator[Warned]:
    """Yield a warning for each allergy that a medicine is close to."""
    for alert in alerts(medicine, allergies):
        yield Warned(_alert_words(alert), is_allergy=True)


def _alert_words(alert: Alert) -> str:
    allergy = alert.allergy
    if allergy.in_words:
        what = gettext("The profile says about allergies: “{words}”.").format(
            words=allergy.substance
        )
    else:
        kind = gettext("intolerance") if allergy.is_intolerance else gettext("allergy")
        what = gettext("Recorded {kind}: {substance} ({reaction}).").format(
            kind=kind, substance=allergy.substance, reaction=allergy.said.text("reaction")
        )
    why = {
        Closeness.SAME: gettext("This medicine is named there, or is the same under another name."),
        Closeness.GROUP: gettext("This medicine is one of the {group}.").format(group=alert.group),
        Closeness.CAUTION: gettext(
            "This medicine is one of the {group}, and a reaction is possible too."
        ).format(group=alert.group),
    }[alert.closeness]
    return gettext("{what} {why} Do not give it before a pharmacist or doctor has said so.").format(
        what=what, why=why
    )


def dose_warnings(
    prescription: Prescription | None,
    doses: Sequence[Dose],
    *,
    answers: Mapping[str, object],
    at: datetime,
    due_at: datetime | None,
    now: datetime,
) -> Iterator[Warned]:
    """Yield what is to be asked about one more dose at `at`; `doses` are those that stand."""
    if prescription is None:
        return
    others = [dose for dose in doses if is_of(dose, prescription)]
    for dose in others:
        if due_at is not None and dose.due_at == due_at:
            yield Warned(
                gettext(
                    "The dose due at {due} is recorded already: {how} (no. {number}). "
                    "Do not give it again."
                ).format(due=moment(due_at, now), how=how(dose, now), number=dose.said.number)
            )
    if str(answers.get("taken")) not in HAD:
        return
    version = prescription.at(at)
    if version is None:
        yield Warned(_not_held(prescription, at, now))
        return
    had = [dose for dose in others if dose.had]
    amount = amount_in(str(answers.get("dose") or ""))
    for limit in over_the_limits(version, had, at=at, amount=amount):
        yield Warned(_limit_words(limit, now))
    yield from _another_amount(version, answers, due_at)


def _not_held(prescription: Prescription, at: datetime, now: datetime) -> str:
    label = prescription.newest.label
    if prescription.versions[0].since > at:
        return gettext("{label} is prescribed from {since} on, not before.").format(
            label=label, since=moment(prescription.versions[0].since, now)
        )
    return gettext("{label} is stopped, or its course is over.").format(label=label)


def _another_amount(
    version: Version, answers: Mapping[str, object], due_at: datetime | None
) -> Iterator[Warned]:
    """Warn where more is given than the prescription says for that time."""
    given = amount_in(str(answers.get("dose") or ""))
    time = version.time_at(due_at) if due_at else None
    prescribed = amount_in(time.dose if time else version.dose)
    if given is None or prescribed is None or not given.goes_with(prescribed):
        return
    if given.number > prescribed.number:
        yield Warned(
            gettext("{given} is more than the prescription says: {prescribed}.").format(
                given=given.words, prescribed=prescribed.words
            )
        )


def _limit_words(limit: TooSoon | TooMany | TooMuch, now: datetime) -> str:
    match limit:
        case TooSoon(other, gap):
            return gettext("It is too soon: {how}, and {gap} must lie between two doses.").format(
                how=how(other, now), gap=hours_words(gap)
            )
        case TooMany(count, most):
            return gettext(
                "This would be dose {count} within 24 hours, and the prescriber allows {most}."
            ).format(count=count, most=most)
        case TooMuch(amount, most_of_it):
            return gettext(
                "This would be {amount} within 24 hours, and the prescriber allows {most}."
            ).format(amount=amount.words, most=most_of_it.words)
