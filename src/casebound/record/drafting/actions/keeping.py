"""Keeping what a colleague has read for their work, also if it is never signed (HL7 EHR-S RI.1.3).

One worker's unsealed words are shown to another in one place: a draft that was handed over. Its
words as handed over are sealed as an entry, "Draft that was read", when the draft is deleted,
moved, or signed in other words. If it is signed as it was handed over, the signed
entry says it all.
"""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext

from casebound.foundation.base.ids import ChildId
from casebound.foundation.base.times import in_words
from casebound.ledger.projecting.actions import seal_and_project
from casebound.ledger.sealing.actions import NewEntry
from casebound.ledger.sealing.once import Once, sealed_before
from casebound.record.attachments import actions as attaching
from casebound.record.book.entries import Author, Entry
from casebound.record.drafting.as_signed import Signing
from casebound.record.drafting.children_concerned import statements_as_sealed
from casebound.record.drafting.drafts import Handing
from casebound.record.drafting.fields.words import words_of
from casebound.record.drafting.prepared import PreparedDraft
from casebound.rulebook.catalogue.content import (
    Content,
    HowKnown,
    StatementContent,
    StatementSource,
)
from casebound.rulebook.catalogue.late import is_late

FORM, FORM_VERSION = "draft_read", 1


def keep_what_was_read(*, draft: PreparedDraft, signing: Signing, with_files: bool = False) -> None:
    """Seal the words that were handed over, each time the draft was. A second call seals nothing.

    The draft's files go with the last, if the draft itself ends here.
    """
    handings = draft.draft.history.handings
    for number, handing in enumerate(handings, start=1):
        last = number == len(handings)
        once = Once.of(f"{draft.draft.id}/{number}", signing.worker)
        if handing.is_kept or sealed_before(once.entry_id, by=signing.worker) is not None:
            continue
        told = draft.with_draft(replace(draft.draft, content=handing.words))
        entry = _entry(told, handing, signing)
        if last and with_files:
            entry = replace(entry, attachments=tuple(upload.file for upload in draft.files))
        parts = entry.parts()
        files = draft.files if last and with_files else []
        seal_and_project(
            NewEntry(
                entry_id=once.entry_id,
                books=tuple(book.id for book in told.books),
                parts=parts,
                files=attaching.sources(files, [part.m["n"] for part in parts]),
                signed_by=signing.worker,
                signed_at=draft.at,
                auth=signing.auth,
            )
        )


def is_changed_since_read(draft: PreparedDraft) -> bool:
    """Say whether the draft says anything else than what was handed over last."""
    handings = [handing for handing in draft.draft.history.handings if not handing.is_kept]
    said = draft.draft.content.stripped()
    return any(handing.words.stripped() != said for handing in handings)


def _entry(told: PreparedDraft, handing: Handing, signing: Signing) -> Entry:
    read_at = min(handing.read_at or handing.at, told.at)
    late = is_late(happened_at=read_at, signed_at=told.at)
    content = replace(
        Content(),
        how_known=HowKnown.READ_IN,
        originator=gettext("a draft by {who}").format(who=handing.who),
        present_nobody=True,
        statements=tuple(_statements(told, handing)),
        late_reason=gettext("Kept when the draft ended.") if late else "",
    )
    books = told.books
    return Entry(
        form=FORM,
        form_version=FORM_VERSION,
        author=Author(id=signing.worker, name=signing.full_name, role=signing.role),
        home_id=told.book.home,
        happened_from=read_at,
        happened_to=None,
        content=statements_as_sealed(content.stripped(), books),
        answers={},
        late=late,
        late_seconds=int((told.at.replace(microsecond=0) - read_at).total_seconds()),
        children=tuple(ChildId(book.id) for book in books) if len(books) > 1 else (),
        moves=told.draft.history.moves,
    )


def _statements(told: PreparedDraft, handing: Handing) -> Iterator[StatementContent]:
    """Yield what the entry says: whose draft it was, its words with their marks, its answers."""
    form = told.draft.form
    words = gettext(
        "{who} began this and did not sign it: {form}, last saved {saved}."
        " {by} handed it over: {at}."
    ).format(
        who=handing.who,
        form=form.title,
        saved=in_words(handing.saved_at),
        by=handing.by,
        at=in_words(handing.at),
    )
    read = (
        gettext("It was read: {at}. It is kept as it was read.").format(
            at=in_words(handing.read_at)
        )
        if handing.read_at
        else gettext("It was not opened. It is kept as it was handed over.")
    )
    yield StatementContent(text=f"{words} {read}")
    yield from (statement for statement in handing.words.statements if not statement.is_blank)
    for label, answer in words_of(form, handing.words, told.setting):
        yield StatementContent(
            text=f"{label}: {answer}", source=StatementSource.TOLD_BY, told_by=handing.name
        )
