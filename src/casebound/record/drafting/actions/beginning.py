"""Beginning a draft: empty, with some content, or as a handover."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F

from casebound.foundation.base.ids import DraftId, WorkerId, new_id
from casebound.people.access.reads import SeenBook
from casebound.record.drafting.body import clock_of, encrypted_body
from casebound.record.drafting.drafts import About
from casebound.record.drafting.first_content import first_content
from casebound.record.drafting.models import Draft
from casebound.record.drafting.permitting import check_may_begin
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.content import Content

UNTOUCHED = 1  # the version of a draft that nobody has typed in


def begin_draft(
    *,
    book: SeenBook,
    form: str,
    by: WorkerId,
    at: datetime,
    about: About | None = None,
    content: Content | None = None,
) -> DraftId:
    """Begin a draft in a book; its event time starts out as the form says.

    It replaces a draft of the same form that nobody has typed in yet.

    Raises:
        NotAllowedError: `by` may read the book but not write in it, or not on this form.
    """
    check_may_begin(book, form, about)
    if about is None and content is None:
        _remove_untouched(book, form, by=by)
    version = UNTOUCHED if content is None else UNTOUCHED + 1
    if content is None:
        content = first_content(book, catalogue.form(form), at)
    draft = DraftId(new_id())
    Draft.objects.create(
        id=draft,
        book_id=book.id,
        author_id=by,
        form=form,
        begun_at=at,
        saved_at=at,
        clock_at=clock_of(content),
        version=version,
        body=encrypted_body(
            draft,
            book.id,
            form_version=catalogue.form(form).version,
            content=content,
            about=about,
        ),
    )
    return draft


def _remove_untouched(book: SeenBook, form: str, *, by: WorkerId) -> None:
    """Remove the author's empty drafts of a form: a second tap must not leave one behind."""
    Draft.objects.filter(
        author_id=by, book_id=book.id, form=form, version=UNTOUCHED, saved_at=F("begun_at")
    ).delete()


def begin_handover(
    *, book: SeenBook, form: str, entries: Sequence[str], by: WorkerId, at: datetime
) -> DraftId:
    """Begin a handover that links these entries; signing drops those it may not link.

    Raises:
        NotAllowedError: `by` may read the book but not write in it.
    """
    first = first_content(book, catalogue.form(form), at)
    content = Content.from_json({**first.to_json(), "hands_over": list(entries)})
    return begin_draft(book=book, form=form, by=by, at=at, content=content)
