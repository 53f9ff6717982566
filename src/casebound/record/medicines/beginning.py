"""What is known when a dose, a delivery or a mistake is written down from a prescription."""

from datetime import datetime

from casebound.foundation.base.times import LONDON
from casebound.record.medicines.form_names import ERROR, GIVEN, STOCK
from casebound.record.medicines.values import Prescription, Version
from casebound.rulebook.catalogue.content import Answer


def begins_with(
    form: str, prescription: Prescription, version: Version, due: datetime | None
) -> dict[str, Answer]:
    """Return the answers that follow from the prescription. Nobody has to copy a label again."""
    answers: dict[str, Answer] = {"medicine": version.label}
    if form == GIVEN:
        answers |= _dose(prescription, version, due)
    if form == ERROR:
        answers["medicine"] = f"{version.label}: {version.dose}"
    if form == STOCK:
        answers["kind"] = "came_in"
    return answers


def _dose(prescription: Prescription, version: Version, due: datetime | None) -> dict[str, Answer]:
    time = (prescription.at(due) or version).time_at(due) if due else None
    by_others = time is not None and time.by in {"school", "family"}
    answers: dict[str, Answer] = {
        "taken": "elsewhere" if by_others else "taken",
        "dose": time.dose if time else version.dose,
        "when_needed": "no" if version.regular else "yes",
        "controlled": "yes" if version.controlled else "no",
    }
    if due is not None:
        answers["due_at"] = f"{due.astimezone(LONDON):%H:%M}"
    return answers
