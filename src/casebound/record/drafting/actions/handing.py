"""Handing a draft to a colleague, who will sign for what they were told (P28)."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import F

from casebound.foundation.base.ids import WorkerId
from casebound.foundation.base.refusals import RefusedError
from casebound.foundation.base.times import utc_text
from casebound.ledger.projecting.actions import catch_up
from casebound.ledger.sealing.actions import NewEntry, seal
from casebound.ledger.sealing.once import Once
from casebound.people.accounts.reads import full_names
from casebound.people.homes.reads import book_of
from casebound.people.homes.refusals import NoSuchHomeError
from casebound.record.drafting.actions.saving import DraftChangedError
from casebound.record.drafting.body import body_of, decrypted_body, encrypted_body
from casebound.record.drafting.drafts import Handing, OpenDraft
from casebound.record.drafting.entries import DraftHandedOver
from casebound.record.drafting.handing_on import HandableDraft, colleagues_for
from casebound.record.drafting.models import Draft
from casebound.record.drafting.told_content import as_told
from casebound.rulebook.catalogue.content import Content, Person


class DraftDamagedError(RefusedError):
    """What is stored of the draft cannot be read."""

    what = "This draft was not handed over."
    why = "It is damaged: what is stored of it is not what was saved."
    do = "Ask its author to open it: they see what can still be read."


class NobodyToHandToError(RefusedError):
    """The person who was picked may not write this in this book."""

    what = "This draft was not handed over."
    why = "The person you picked cannot write it in this book."
    do = "Pick another."


class NamedInDraftError(RefusedError):
    """The person who was picked is one that the draft is about."""

    what = "This draft was not handed over."
    why = "It names the person you picked, so they take no part in it."
    do = "Pick somebody from the list."


class DraftWentOnError(DraftChangedError):
    """The draft is not as it was when somebody chose who takes it over."""

    what = "This draft was not handed over."
    why = "It was changed, signed or handed over meanwhile."
    do = "Look at it again, then choose."


def hand_over_draft(
    *,
    draft: HandableDraft,
    to: WorkerId,
    by: WorkerId,
    at: datetime,
    auth: str = "password",
    key: str = "",
) -> None:
    """Hand a draft to a colleague: their draft from now on, in words that its author told them.

    Nothing is read by who hands it over, and nothing is signed for its author. Its words as handed
    over are kept with the draft; what becomes of it later cannot lose them (`keeping`). That it was
    handed over is an entry in the book of the home.

    Raises:
        NamedInDraftError: it names this colleague.
        NobodyToHandToError: this colleague may not write it there.
        DraftWentOnError: it was saved, signed or handed over meanwhile.
    """
    once = Once.of(key, by)
    if once.sealed():
        return
    colleagues = {colleague.id for colleague in colleagues_for(draft, at=at)}
    row = Draft.objects.filter(id=draft.id, author_id=draft.author, version=draft.version).first()
    if row is None:
        raise DraftWentOnError
    if draft.matter is not None and to in draft.matter.named:
        raise NamedInDraftError
    if to not in colleagues:
        raise NobodyToHandToError
    try:
        body = decrypted_body(draft.id, draft.book.id, bytes(row.body))
    except ValueError as damaged:
        raise DraftDamagedError from damaged
    names = full_names([draft.author, by])
    teller = Person(names[draft.author], draft.role)
    asked = not draft.is_left and (draft.matter is None or draft.author not in draft.matter.named)
    words = as_told(body.content, teller=teller, teller_id=draft.author if asked else "")
    handing = Handing(
        author=draft.author,
        name=teller.name,
        role=teller.role,
        saved_at=row.saved_at,
        by=names[by],
        at=at,
        to=to,
        words=words,
    )
    history = replace(body.history, handings=(*body.history.handings, handing))
    fact = DraftHandedOver(
        draft_id=draft.id,
        author_id=draft.author,
        author_name=names[draft.author],
        to_id=to,
        to_name=full_names([to])[to],
        saved_at=utc_text(row.saved_at),
        author_left=draft.is_left,
    )
    with transaction.atomic(using="default"):
        updated = Draft.objects.filter(
            id=draft.id, author_id=draft.author, version=draft.version
        ).update(
            author_id=to,
            begun_by=row.begun_by or draft.author,
            version=F("version") + 1,
            page_id="",
            save_number=0,
            is_empty=False,
            body=encrypted_body(
                draft.id,
                draft.book.id,
                form_version=body.form_version,
                content=words,
                about=body.about,
                first=Content(),
                copied=body.copied,
                history=history,
            ),
        )
        if not updated:
            raise DraftWentOnError
        _seal(fact, draft, once=once, at=at, auth=auth)
    catch_up()


def _seal(
    fact: DraftHandedOver, draft: HandableDraft, *, once: Once, at: datetime, auth: str
) -> None:
    book = book_of(draft.book.home)
    if book is None:
        raise NoSuchHomeError
    seal(
        NewEntry(
            books=(book,),
            parts=fact.parts(),
            signed_by=once.by,
            signed_at=at,
            auth=auth,
            entry_id=once.entry_id,
        )
    )


def note_read(*, draft: OpenDraft, at: datetime) -> OpenDraft:
    """Note that the colleague has opened what was handed to them. 1 query, the first time."""
    if not draft.history.handings or draft.history.handings[-1].read_at:
        return draft
    *before, last = draft.history.handings
    history = replace(draft.history, handings=(*before, replace(last, read_at=at)))
    read = replace(draft, history=history)
    own = Draft.objects.filter(id=draft.id, author_id=draft.author, version=draft.version)
    own.update(body=body_of(read))
    return read
