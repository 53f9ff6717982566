"""Drafts as their authors see them. Only its author reads a draft before it is signed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from django.db.models import QuerySet

from casebound.foundation.base.ids import BookId, DraftId, WorkerId
from casebound.foundation.base.installation import KeyFileError
from casebound.ledger.keyring.actions import BookDestroyedError
from casebound.ledger.sealing import reads as sealed
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.restricted.reads import restricted_among
from casebound.record.attachments import reads as attached
from casebound.record.book.relations import Relation
from casebound.record.drafting.body import decrypted_body
from casebound.record.drafting.damaged import DamagedDraft, DamagedDraftError, words_left
from casebound.record.drafting.drafts import About, DraftLine, OpenDraft
from casebound.record.drafting.models import Draft
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.shape import Form

__all__ = [
    "About",
    "DraftLine",
    "OpenDraft",
    "about_earlier",
    "drafts_in",
    "drafts_of",
    "open_draft",
]

AT_MOST = 100
LOOKED_AT: Final = 10  # drafts of one form in one book, when one of them is begun again


def open_draft(draft: DraftId, *, author: WorkerId) -> OpenDraft | None:
    """Open a draft for its author. None for other workers, or if there is no draft. 1 query.

    1 more if it adds to an earlier entry, or corrects it.

    Raises:
        DamagedDraftError: its stored bytes are not what was saved.
    """
    own = Draft.objects.filter(id=draft, author_id=author)
    row = own.annotate(files=attached.has_files()).first()
    if row is None:
        return None
    book = BookId(row.book_id)
    stored = bytes(row.body)
    try:
        body = decrypted_body(draft, book, stored)
    except (ValueError, KeyError, TypeError, BookDestroyedError, KeyFileError) as failed:
        left = DamagedDraft(draft, book, author, row.form, words_left(book, stored))
        raise DamagedDraftError(left) from failed
    return OpenDraft(
        id=draft,
        book=book,
        author=author,
        form=_as_asked(catalogue.form(row.form, body.form_version), body.about),
        begun_at=row.begun_at,
        saved_at=row.saved_at,
        version=row.version,
        content=body.content,
        about=body.about,
        first=body.first,
        copied=body.copied,
        files=row.files,
        history=body.history,
    )


def _as_asked(form: Form, about: About | None) -> Form:
    """Return the form without what is asked of a matter for managers alone, if it is of none."""
    if not any(field.of_matter for field in form.fields):
        return form
    if about is not None and restricted_among([about.index]):
        return form
    return replace(form, fields=tuple(field for field in form.fields if not field.of_matter))


def begun_already(
    *, book: BookId, form: str, author: WorkerId, is_same: Callable[[OpenDraft], bool]
) -> DraftId | None:
    """Return the author's newest draft that `is_same`, so that a second tap goes on with it.

    1 query, and 1 or 2 for each of their last 10 drafts on the form in the book until it is found.
    """
    drafts = Draft.objects.filter(author_id=author, book_id=book, form=form).order_by("-saved_at")
    for draft_id in drafts.values_list("id", flat=True)[:LOOKED_AT]:
        try:
            draft = open_draft(DraftId(draft_id), author=author)
        except DamagedDraftError:
            continue
        if draft is not None and is_same(draft):
            return draft.id
    return None


def about_earlier(entry: ReadEntry, *, book: BookId, relation: Relation) -> About:
    """Return a draft's reference to the entry it puts right, as read now. 1 query a book."""
    return About(
        relation=relation,
        entry_id=entry.entry_id,
        index=entry.index,
        number=entry.pages[book],
        pages=sealed.book_pages(book),
        others=tuple((other, sealed.book_pages(other)) for other in entry.pages if other != book),
    )


def drafts_of(author: WorkerId) -> list[DraftLine]:
    """Return the drafts the author has typed in, last saved first, at most 100. 1 query."""
    return _lines(Draft.objects.filter(author_id=author, is_empty=False))


def drafts_in(books: list[BookId]) -> list[DraftLine]:
    """Return the drafts that wait in these books, of every author, at most 100. 1 query.

    A draft that nobody has typed in waits for nothing. The manager's desk shows who has not signed
    a draft, and since when, but never its words (`handing_on.on_desk`).
    """
    return _lines(_that_wait().filter(book_id__in=books))


def other_books_with_drafts(books: list[BookId]) -> list[BookId]:
    """Return the books but these in which a draft waits. 1 query."""
    drafts = _that_wait().exclude(book_id__in=books)
    return [BookId(book) for book in drafts.values_list("book_id", flat=True).distinct()]


def _that_wait() -> QuerySet[Draft]:
    return Draft.objects.filter(is_empty=False)


def _lines(drafts: QuerySet[Draft]) -> list[DraftLine]:
    rows = drafts.order_by("-saved_at", "id").values_list(
        "id", "book_id", "author_id", "form", "saved_at", "clock_at", "begun_by"
    )[:AT_MOST]
    return [
        DraftLine(
            DraftId(draft),
            BookId(book),
            WorkerId(author),
            form,
            saved_at,
            clock_at,
            WorkerId(begun_by) if begun_by else None,
        )
        for draft, book, author, form, saved_at, clock_at, begun_by in rows
    ]
