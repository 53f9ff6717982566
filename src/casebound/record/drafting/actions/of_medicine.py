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
from casebound.record.drafting.models import Draft
from casebound.record.drafting.reads import open_draft
from casebound.record.medicines.beginning import begins_with
from casebound.record.medicines.form_names import OF_A_MEDICINE
from casebound.record.medicines.reads import prescription_at
from casebound.record.medicines.relations import OF_MEDICINE
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.catalogue import NoSuchFormError

LOOKED_AT = 10  # drafts of one form in one book, when a dose is begun again


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
    which = catalogue.form(form)
    answers = begins_with(form, prescription, version, due)
    if (draft := _begun_already(book, form, about, by=by)) is not None:
        return draft
    content = first_content(book, which, at)
    content = replace(content, answers={**content.answers, **answers})
    return begin_draft(
        book=book, form=form, by=by, at=at, about=about, content=content, is_empty=True
    )


def _begun_already(book: SeenBook, form: str, about: About, *, by: WorkerId) -> DraftId | None:
    """Return the author's draft of the same dose."""
    drafts = Draft.objects.filter(author_id=by, book_id=book.id, form=form).order_by("-saved_at")
    is_a_dose = about.subject != WHOLE
    for draft_id in drafts.values_list("id", flat=True)[:LOOKED_AT] if is_a_dose else ():
        draft = open_draft(DraftId(draft_id), author=by)
        if draft is None or draft.about is None:
            continue
        if (draft.about.entry_id, draft.about.subject) == (about.entry_id, about.subject):
            return draft.id
    return None
