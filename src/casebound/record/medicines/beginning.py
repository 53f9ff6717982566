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
    dose = version.dose
    answers: dict[str, Answer] = {"taken": "taken"}
    if due is not None:
        wall = due.astimezone(LONDON).time()
        held = prescription.at(due) or version
        dose = next((each.dose for each in held.times if each.at == wall), dose)
        by = next((each.by for each in held.times if each.at == wall), "")
        answers |= {"due_at": f"{wall:%H:%M}"}
        if by in {"school", "family"}:
            answers["taken"] = "elsewhere"
    return answers | {
        "dose": dose,
        "when_needed": "no" if version.regular else "yes",
        "controlled": "yes" if version.controlled else "no",
    }
