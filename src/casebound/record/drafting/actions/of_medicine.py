"""Beginning a dose, a delivery, a count or a mistake from the prescription it is about."""

from dataclasses import replace
from datetime import datetime

from casebound.foundation.base.ids import DraftId, WorkerId
from casebound.foundation.base.times import utc_text
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.access.reads import SeenBook
from casebound.people.duties.entries import WHOLE, Subject, SubjectKind
from casebound.record.drafting.actions.beginning import begin_draft
from casebound.record.drafting.drafts import About
from casebound.record.drafting.first_content import first_content
from casebound.record.drafting.reads import begun_already
from casebound.record.medicines.beginning import begins_with
from casebound.record.medicines.form_names import OF_A_MEDICINE
from casebound.record.medicines.reads import prescription_at
from casebound.record.medicines.relations import OF_MEDICINE
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.catalogue import NoSuchFormError


def begin_of_medicine(
    *,
    book: SeenBook,
    entry: ReadEntry,
    form: str,
    due: datetime | None,
    by: WorkerId,
    at: datetime,
) -> DraftId:
    """Begin what is written of a medicine, with what its prescription says filled in.

    A second tap goes on with the draft that was begun for the same dose.

    Raises:
        NotAllowedError: `by` may read the book but not write in it.
        NoSuchFormError: no medicine has entries on this form, or the entry is no prescription.
    """
    known = prescription_at(book.id, entry.index) if form in OF_A_MEDICINE else None
    if known is None:
        raise NoSuchFormError(form)
    prescription, version = known
    about = About(
        relation=OF_MEDICINE,
        entry_id=entry.entry_id,
        index=entry.index,
        number=entry.pages[book.id],
        pages=entry.pages[book.id],
        subject=Subject(SubjectKind.DOSE, utc_text(due)) if due is not None else WHOLE,
    )
    if due is not None and (draft := _begun_already(book, form, about, by=by)) is not None:
        return draft
    content = first_content(book, catalogue.form(form), at)
    answers = begins_with(form, prescription, version, due)
    content = replace(content, answers={**content.answers, **answers})
    return begin_draft(
        book=book, form=form, by=by, at=at, about=about, content=content, is_empty=True
    )


def _begun_already(book: SeenBook, form: str, about: About, *, by: WorkerId) -> DraftId | None:
    """Return the author's draft of the same dose."""
    return begun_already(
        book=book.id, form=form, author=by, is_same=lambda draft: about.is_same_as(draft.about)
    )
