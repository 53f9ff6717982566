"""What pages of a draft about medicines show at their top: allergies, and what they warn of."""

from dataclasses import dataclass

from casebound.people.rights.shape import Permission
from casebound.record.drafting.prepared import PreparedDraft
from casebound.record.medicines.form_names import GIVEN, OF_A_MEDICINE, OUTCOME, PRESCRIBING
from casebound.record.medicines.gaps import allergies_of
from casebound.record.medicines.shown import AllergyRow, allergy_row
from casebound.record.medicines.warnings import Warned

ABOUT_MEDICINES = PRESCRIBING | OF_A_MEDICINE | {GIVEN, OUTCOME, "medicine_self"}


@dataclass(frozen=True, slots=True)
class MedicineShown:
    """The allergies of the child, and the warnings."""

    allergies: list[AllergyRow]
    warned: list[Warned]


def medicine_shown(prepared: PreparedDraft) -> MedicineShown | None:
    """Return what to show on top of a page about medicines; None on other pages. 2 queries."""
    book = prepared.book
    if prepared.draft.form.name not in ABOUT_MEDICINES or book.child is None:
        return None
    if not book.may(Permission.READ_BOOK):
        return None
    return MedicineShown(
        [allergy_row(allergy) for allergy in allergies_of(book.id)], prepared.warned
    )
