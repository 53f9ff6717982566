"""Saving what an author types, and throwing a draft away."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from casebound.foundation.base.ids import BookId, DraftId, WorkerId
from casebound.foundation.base.refusals import NotAllowedError, RefusedError
from casebound.foundation.stores.room_left import check_room
from casebound.record.attachments import actions as attaching
from casebound.record.drafting.actions.noting_pages import forget_pages
from casebound.record.drafting.body import body_of, clock_of, says_nothing_new
from casebound.record.drafting.drafts import OpenDraft, WritingPage
from casebound.record.drafting.models import Draft
from casebound.record.drafting.reads import open_draft
from casebound.rulebook.catalogue.content import Content


class StaleDraftError(RefusedError):
    """The draft was saved from somewhere else since this page was opened."""

    what = "This draft was changed somewhere else since you opened it here."
    do = "Both versions are shown next to each other: choose what to keep."

    def __init__(self, draft: OpenDraft, *, moved_here: bool = False) -> None:
        """Keep the draft as it is now, and whether the page was shown for another book."""
        super().__init__()
        self.draft, self.moved_here = draft, moved_here


class DraftChangedError(RefusedError):
    """The draft is not as it was when its author read it through."""

    what = "This entry is not signed yet."
    why = "The draft was changed, or signed, in another window since you read it through here."
    do = "Read it through again, then sign. Nothing you typed is lost."


@transaction.atomic(using="default")
def save_draft(
    *,
    draft: OpenDraft,
    content: Content,
    version: int,
    at: datetime,
    page: WritingPage | None = None,
    book: BookId | None = None,
) -> int:
    """Keep what was typed; return the draft's new version. 1 statement, 3 if it was saved since.

    It refuses no content: a draft holds what its author has typed so far, complete or not.

    A save is kept if nobody has saved since `version`, or if only this very page has: an answer
    that was lost on the way is no conflict. Of two saves of one page the later one is kept, in
    whichever order they arrive; the earlier one then changes nothing.

    `book` is the book whose name stands on the page that saves: a page of another book is stale.

    Raises:
        StaleDraftError: another page saved it since `version`, or moved it to another book.
        NoRoomLeftError: the disk is full.
    """
    check_room()
    if book not in {None, draft.book}:
        raise StaleDraftError(draft, moved_here=True)
    own = Draft.objects.filter(id=draft.id, author_id=draft.author, book_id=draft.book)
    values = {
        "body": body_of(replace(draft, content=content)),
        "saved_at": at,
        "clock_at": clock_of(content),
        "page_id": page.id if page else "",
        "save_number": page.save if page else 0,
        "is_empty": not draft.files and says_nothing_new(content, draft.first),
    }
    if own.filter(version=version).update(**values, version=version + 1):
        return version + 1
    if page:
        earlier = Q(save_number__lt=page.save) if page.save else Q()
        only_here = own.filter(page_id=page.id)
        only_here.filter(earlier).update(**values, version=F("version") + 1)
        now = only_here.values_list("version", flat=True).first()
        if now is not None:
            return now
    saved = open_draft(draft.id, author=draft.author)
    if saved is None:
        raise NotAllowedError
    raise StaleDraftError(saved, moved_here=saved.book != draft.book)


def read_again(
    *, draft: OpenDraft, pages: int, at: datetime, book: BookId | None = None
) -> OpenDraft:
    """Save that the author has read a book up to `pages`, before they put an entry right.

    `book` is the draft's own book, or another book that the earlier entry is in.

    Raises:
        DraftChangedError: another window saved it meanwhile.
    """
    if draft.about is None:
        return draft
    if book in {None, draft.book}:
        about = replace(draft.about, pages=pages)
    else:
        others = tuple(
            (other, pages if other == book else read) for other, read in draft.about.others
        )
        about = replace(draft.about, others=others)
    updated = Draft.objects.filter(
        id=draft.id, author_id=draft.author, version=draft.version
    ).update(body=body_of(replace(draft, about=about)), saved_at=at)
    if not updated:
        raise DraftChangedError
    return replace(draft, about=about)


def check_in_its_book(*, draft: OpenDraft) -> None:
    """Refuse a draft that was moved to another book since it was opened. 1 query, locked.

    Raises:
        DraftChangedError: it was, or there is none any more.
    """
    here = Draft.objects.select_for_update().filter(id=draft.id, book_id=draft.book)
    if not here.values_list("id", flat=True):
        raise DraftChangedError


def note_looked_again(*, draft: OpenDraft, at: datetime) -> None:
    """Save that the author has looked at what a move made uncertain.

    Raises:
        DraftChangedError: another window saved the draft meanwhile.
    """
    looked = replace(draft, history=replace(draft.history, ask_again=()))
    updated = Draft.objects.filter(
        id=draft.id, author_id=draft.author, version=draft.version
    ).update(body=body_of(looked), saved_at=at)
    if not updated:
        raise DraftChangedError


def note_files(*, draft: OpenDraft, at: datetime) -> None:
    """Save that the draft's files changed, so that it no longer counts as untouched."""
    Draft.objects.filter(id=draft.id, author_id=draft.author).update(saved_at=at, is_empty=False)


def discard_damaged(*, draft: DraftId, author: WorkerId) -> None:
    """Delete a draft that cannot be read, because its author asks for it.

    The files it had are removed with others that no row names.
    """
    attaching.forget_all(draft=draft)
    Draft.objects.filter(id=draft, author_id=author).delete()
    forget_pages(draft=draft)


def discard_draft(*, draft: OpenDraft) -> None:
    """Delete a draft because its author asks for it. A draft is not part of the record.

    One that was handed over is kept as it was read first (`keeping.keep_what_was_read`).
    """
    attaching.remove_all(draft=draft.id, book=draft.book)
    Draft.objects.filter(id=draft.id, author_id=draft.author).delete()
    forget_pages(draft=draft.id)
