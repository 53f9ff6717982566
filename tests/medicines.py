"""What the tests of this room write: a prescription, a dose at its time."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from casebound.ledger.sealing.actions import Sealed
from casebound.ledger.sealing.reads import entry_at
from casebound.record.drafting import actions as drafting
from casebound.record.medicines import reads
from casebound.record.medicines.reads import ChildMedicines
from casebound.rulebook.catalogue.content import Answer
from tests.made_up import Child, MadeUp, Worker

METHYLPHENIDATE = {
    "medicine": "Methylphenidate XL",
    "strength": "18 mg",
    "form": "tablet",
    "route": "mouth",
    "dose": "1 tablet",
    "given": "regular",
    "times": [{"at": "08:00"}, {"at": "16:00", "dose": "½ tablet"}],
    "prescriber": "Dr Bex Falkenrath, Hollow Lane Surgery",
    "controlled": "yes",
}
PARACETAMOL = {
    "medicine": "Paracetamol",
    "strength": "250 mg in 5 ml",
    "form": "liquid",
    "dose": "10 ml",
    "given": "as_needed",
    "signs": "Pain or fever. Jay says so.",
    "gap_hours": "4",
    "most_doses": "4",
    "prescriber": "Dr Bex Falkenrath, Hollow Lane Surgery",
}


def prescribe(
    made_up: MadeUp,
    answers: dict[str, Any] = METHYLPHENIDATE,
    *,
    since: datetime | None = None,
    **said: Any,
) -> Sealed:
    """Let Kit copy a prescription for Jay, two days ago."""
    at = since or made_up.now - timedelta(days=2)
    return made_up.write(
        made_up.jay, form="prescription", by=made_up.kit, signed_at=at, after=timedelta(),
        statements=[], answers={**answers, **said},
    )  # fmt: skip


def give(
    made_up: MadeUp,
    prescribed: Sealed,
    *,
    due: datetime | None = None,
    at: datetime | None = None,
    by: Worker | None = None,
    child: Child | None = None,
    form: str = "medicine_given",
    **answers: Any,
) -> Sealed:
    """Record a dose as the page does: begun from the prescription, filled in, signed."""
    worker, moment, whose = by or made_up.sam, at or made_up.now, child or made_up.jay
    entry = entry_at(whose.book, prescribed.numbers[whose.book])
    assert entry is not None
    draft = drafting.begin_of_medicine(
        book=made_up.book(whose, by=worker), entry=entry, form=form,
        due=due, by=worker.id, at=moment,
    )  # fmt: skip
    began = made_up.opened(draft, by=worker)
    content = made_up.content(
        form=form,
        happened_from=moment.isoformat(),
        statements=[],
        answers={**began.content.answers, **_watched(made_up, began.content.answers), **answers},
    )
    drafting.save_draft(draft=began, content=content, version=began.version, at=moment)
    return made_up.sign(draft, by=worker, at=moment)


def _watched(made_up: MadeUp, began: Mapping[str, Answer]) -> dict[str, object]:
    """Let Kit watch a controlled drug, as homes usually ask, and count what is left."""
    if began.get("controlled") != "yes":
        return {}
    return {"witness": [{"id": made_up.kit.id}], "left": "20"}


def keep(made_up: MadeUp, prescribed: Sealed, kind: str, quantity: str, **answers: Any) -> Sealed:
    """Record that a medicine came in, went out or was counted."""
    return give(made_up, prescribed, form="medicine_stock", kind=kind, quantity=quantity, **answers)


def medicines(made_up: MadeUp, *, by: Worker | None = None) -> ChildMedicines:
    """Return Jay's medicines, with the doses of four weeks."""
    book = made_up.book(made_up.jay, by=by)
    return reads.medicines_of(book, since=made_up.now - timedelta(days=28))


def page(made_up: MadeUp, worker: Worker | None = None) -> str:
    """Return the text of the page of Jay's medicines."""
    browser = made_up.browser_of(worker or made_up.sam)
    return browser.get(reverse("medicines:medicines", args=[made_up.jay.book])).text
