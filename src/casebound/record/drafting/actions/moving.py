"""Moving a draft that was begun for the wrong child to the right book (P40)."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import F

from casebound.foundation.base.ids import WorkerId
from casebound.foundation.base.refusals import NotAllowedError, RefusedError
from casebound.people.access.reads import SeenBook
from casebound.record.attachments.actions import Rekeyed
from casebound.record.attachments.reads import uploads_of
from casebound.record.book.entries import Move
from casebound.record.drafting.actions.keeping import keep_what_was_read
from casebound.record.drafting.actions.saving import DraftChangedError
from casebound.record.drafting.as_signed import Signing
from casebound.record.drafting.body import clock_of, encrypted_body, says_nothing_new
from casebound.record.drafting.drafts import History
from casebound.record.drafting.first_content import first_content
from casebound.record.drafting.models import Draft
from casebound.record.drafting.moved_content import content_in
from casebound.record.drafting.permitting import may_move_to
from casebound.record.drafting.prepared import PreparedDraft


class NotMovedError(RefusedError):
    """The draft belongs to an entry of its book, so it cannot be in another."""

    what = "This draft was not moved."
    why = "It is about an entry of this book, and goes where that entry is."
    do = "Write what you have to say in the other book as a new entry."


def move_draft(
    *,
    draft: PreparedDraft,
    to: SeenBook,
    by: WorkerId,
    at: datetime,
    signing: Signing | None = None,
) -> None:
    """Move a draft, with its files, to another book in which its author may write on its form.

    Words, answers and marks stay. What a form filled in from the profile of the one child is filled
    in from the other's. What may not be so in the other book is asked again before signing. Files
    are encrypted again, under the other book's key. The draft keeps its id, so that each page on
    which it is open finds it; a page that still names the first book is a stale page.

    What a colleague had handed over is first sealed in the book it was read in, by `signing`.

    Raises:
        NotAllowedError: it is not this worker's draft, or they may not write it there.
        NotMovedError: it puts right, or follows, an entry of its book.
        DraftChangedError: it was saved, moved or signed meanwhile.
        ValueError: it was handed over, and `signing` does not say who seals what was read.
    """
    this = draft.draft
    if this.author != by or to.worker != by:
        raise NotAllowedError
    if this.about is not None:
        raise NotMovedError
    if not may_move_to(draft, to):
        raise NotAllowedError
    if this.history.handings:
        if signing is None:
            raise ValueError("say who seals what was read (`signing`)")
        keep_what_was_read(draft=draft, signing=signing)
    first = first_content(to, this.form, this.begun_at)
    content, ask_again = content_in(draft, to, first=first)
    move = Move(from_book=this.book, to_book=to.id, by=by, at=at)
    history = History(
        moves=(*this.history.moves, move),
        ask_again=ask_again,
        handings=tuple(replace(handing, is_kept=True) for handing in this.history.handings),
    )
    files = Rekeyed(draft.files, to.id)
    try:
        with transaction.atomic(using="default"):
            updated = Draft.objects.filter(
                id=this.id, author_id=by, book_id=this.book, version=this.version
            ).update(
                book_id=to.id,
                saved_at=at,
                clock_at=clock_of(content),
                version=F("version") + 1,
                page_id="",
                save_number=0,
                is_empty=not draft.files and says_nothing_new(content, first),
                body=encrypted_body(
                    this.id,
                    to.id,
                    form_version=this.form.version,
                    content=content,
                    about=None,
                    first=first,
                    history=history,
                ),
            )
            if not updated or len(uploads_of(this.id, this.book)) != len(draft.files):
                raise DraftChangedError  # noqa: TRY301 (the new files are removed below)
            files.take_over()
    except BaseException:
        files.abandon()
        raise
    files.forget_old()
