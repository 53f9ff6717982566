"""Beginning a draft: empty, with some content, or as a handover."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from casebound.foundation.base.ids import DraftId, WorkerId, new_id
from casebound.foundation.stores.room_left import check_room
from casebound.people.access.reads import SeenBook
from casebound.record.drafting.body import clock_of, encrypted_body
from casebound.record.drafting.drafts import About
from casebound.record.drafting.first_content import first_content
from casebound.record.drafting.kept_marks import begun_as_held
from casebound.record.drafting.models import Draft
from casebound.record.drafting.permitting import check_may_begin
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.content import Content

UNTOUCHED = 1  # the version of a draft that nobody has typed in
OPEN_AT_MOST = timedelta(days=1)  # a page that nobody types in


def begin_draft(
    *,
    book: SeenBook,
    form: str,
    by: WorkerId,
    at: datetime,
    about: About | None = None,
    content: Content | None = None,
    is_empty: bool = False,
) -> DraftId:
    """Begin a draft in a book; its event time starts out as the form says.

    A draft that nobody has typed in is empty: no list shows it and nothing counts it. Beginning a
    draft removes the empty drafts of earlier days.

    Args:
        book: where it is begun.
        form: the form it is begun on.
        by: its author.
        at: the moment of the request.
        about: the earlier entry it puts right or follows.
        content: what it says, if not what the form begins with.
        is_empty: nobody has typed that content: it was filled in from what is known.

    Raises:
        NotAllowedError: `by` may read the book but not write in it, or not on this form.
        NoRoomLeftError: the disk is full, so nothing typed could be kept.
    """
    check_room()
    check_may_begin(book, form, about)
    _remove_empty(at=at)
    version = UNTOUCHED if content is None else UNTOUCHED + 1
    if content is None:
        which = catalogue.form(form)
        content, is_empty = first_content(book, which, at), True
        if about is not None and about.relation.puts_right:
            content = begun_as_held(content, which, about.index, book)
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
        is_empty=is_empty,
        body=encrypted_body(
            draft,
            book.id,
            form_version=catalogue.form(form).version,
            content=content,
            about=about,
            first=content if is_empty else Content(),
        ),
    )
    return draft


def begin_again(*, draft: DraftId, begun: dict[str, Any], by: WorkerId, at: datetime) -> None:
    """Begin an empty draft that has gone again, as its page shows it. 1 query.

    `begun` is what `untouched.begun_as` read. If the draft is there, nothing changes.
    """
    Draft.objects.bulk_create(
        [Draft(id=draft, author_id=by, saved_at=at, is_empty=True, **begun)], ignore_conflicts=True
    )


def _remove_empty(*, at: datetime) -> None:
    """Remove everybody's empty drafts of earlier days.

    A younger one stays, because its page may be loaded again or come back to. A page that stays
    open longer begins its draft again as it saves.
    """
    Draft.objects.filter(is_empty=True, saved_at__lt=at - OPEN_AT_MOST).delete()


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
