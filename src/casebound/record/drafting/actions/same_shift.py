"""Beginning the next child's log of a shift, with what the author's first log says of the shift."""

from dataclasses import replace
from datetime import datetime

from casebound.foundation.base.ids import DraftId, WorkerId
from casebound.people.access.reads import SeenBook
from casebound.record.book.entries import Entry
from casebound.record.drafting.actions.beginning import begin_draft
from casebound.record.drafting.first_content import first_content
from casebound.record.drafting.reads import begun_already
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.content import Content, HowKnown
from casebound.rulebook.catalogue.wall_time import as_typed


def begin_same_shift(*, book: SeenBook, earlier: Entry, by: WorkerId, at: datetime) -> DraftId:
    """Begin a child's log of the shift that an earlier log tells of, or go on with its draft.

    It fills in the times of the shift. If the author wrote the earlier log, too, it also fills in
    what they said there: that they were there, and with which adults (decision 0112). Children are
    not filled in, nor words.

    Raises:
        NotAllowedError: `by` may read the book but not write in it, or not on this form.
    """
    form = catalogue.form(earlier.form)
    content = _of_shift(first_content(book, form, at), earlier, by=by)
    draft = _begun_already(book, form.name, content, by=by)
    if draft is not None:
        return draft
    return begin_draft(book=book, form=form.name, by=by, at=at, content=content, is_empty=True)


def _of_shift(first: Content, fact: Entry, *, by: WorkerId) -> Content:
    content = replace(
        first,
        happened_from=as_typed(fact.happened_from),
        happened_to=as_typed(fact.happened_to) if fact.happened_to else "",
    )
    if fact.author.id != by or fact.content.how_known is not HowKnown.WAS_THERE:
        return content  # it is asked (P26)
    adults = tuple(person for person in fact.content.present if not person.child)
    return replace(
        content,
        how_known=HowKnown.WAS_THERE,
        present=adults,
        present_nobody=fact.content.present_nobody,
    )


def _begun_already(book: SeenBook, form: str, content: Content, *, by: WorkerId) -> DraftId | None:
    """Return the author's draft about the same shift."""
    return begun_already(
        book=book.id,
        form=form,
        author=by,
        is_same=lambda draft: draft.content.happened_from == content.happened_from,
    )
