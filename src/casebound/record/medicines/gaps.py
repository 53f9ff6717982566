"""What is still asked about medicines before an entry can be signed: warnings, and a witness."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

from casebound.foundation.base.ids import BookId, HomeId
from casebound.foundation.base.messages import gettext
from casebound.record.medicines.allergies import Allergy, allergies_in
from casebound.record.medicines.due import is_named_in
from casebound.record.medicines.form_names import ALLERGIES, GIVEN, PRESCRIBING, VERSIONS
from casebound.record.medicines.models import MedicineEntry
from casebound.record.medicines.reads import policy_of, said_in
from casebound.record.medicines.values import (
    TAKEN,
    Prescription,
    Said,
    doses_in,
    due_near,
    prescriptions_in,
)
from casebound.record.medicines.warnings import RULE, Warned, allergy_warnings, dose_warnings

ASKS: Final = VERSIONS | {GIVEN}  # the forms that are warned of something
AROUND: Final = timedelta(days=2)


def warnings_of(
    form: str,
    answers: Mapping[str, object],
    *,
    book: BookId,
    about: int | None,
    at: datetime,
    due_at: datetime | None,
    now: datetime,
) -> list[Warned]:
    """Return what an entry on a form is warned of, allergies first. 1 query, or none.

    Args:
        form: the form it is written on.
        answers: as typed.
        book: the child's book.
        about: the leaf of the prescription it was begun from.
        at: when the medicine is given.
        due_at: the moment the dose was due, if it was begun for one.
        now: the moment of asking.
    """
    if form not in ASKS:
        return []
    entries = _entries(book, at)
    medicine = str(answers.get("medicine") or "")
    found = list(allergy_warnings(medicine, allergies_in(entries)))
    if form == GIVEN:
        prescription = _prescription(entries, about, medicine)
        clock = str(answers.get("due_at") or "")
        found += dose_warnings(
            prescription,
            doses_in(entries),
            answers=answers,
            at=at,
            due_at=due_at or due_near(clock, at),
            now=now,
        )
    return found


def allergies_of(book: BookId) -> list[Allergy]:
    """Return what a child must not have. 1 query."""
    rows = MedicineEntry.objects.filter(book_id=book, form__in=ALLERGIES).order_by("leaf")
    return allergies_in(said_in(row) for row in rows)


def _entries(book: BookId, at: datetime) -> list[Said]:
    rows = MedicineEntry.objects.filter(
        Q(form__in=PRESCRIBING | ALLERGIES)
        | Q(form=GIVEN, happened_at__gt=at - AROUND, happened_at__lt=at + AROUND)
        | Q(form=GIVEN, due_at__gt=at - AROUND, due_at__lt=at + AROUND),
        book_id=book,
    )
    return [said_in(row) for row in rows.order_by("leaf")]


def _prescription(entries: list[Said], about: int | None, medicine: str) -> Prescription | None:
    """Return the prescription a dose is of: the one it was begun from, or the one it names."""
    root = next((said.root for said in entries if said.leaf == about), None)
    prescriptions = prescriptions_in(entries)
    if root is not None:
        return next((each for each in prescriptions if each.root == root), None)
    named = [each for each in prescriptions if is_named_in(each.newest.medicine, medicine)]
    return named[0] if len(named) == 1 else None


def gaps(
    form: str, answers: Mapping[str, object], warned: list[Warned], *, home: HomeId
) -> Iterator[tuple[str, str, str]]:
    """Yield what is still to be answered: field, sentence and rule. At most 1 query."""
    if form in ASKS and not str(answers.get("despite") or "").strip():
        for warning in warned:
            ask = gettext("Ask, and say here who you asked and what they said.")
            yield "answers-despite", f"{warning.words} {ask}", RULE
    if form == GIVEN and answers.get("taken") in TAKEN and not answers.get("witness"):
        controlled = answers.get("controlled") == "yes"
        if policy_of(home).asks_for_witness(controlled=controlled):
            yield (
                "answers-witness",
                gettext("Say who watched. This home asks for a second worker here."),
                "reg 23(1)",
            )
