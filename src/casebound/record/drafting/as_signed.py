"""The entry a draft becomes: what signing seals, and what the read-through shows."""

from collections.abc import Collection
from dataclasses import dataclass

from casebound.foundation.base.ids import ChildId, WorkerId
from casebound.ledger.sealing.registers import register_id
from casebound.people.access.reads import SeenBook
from casebound.record.book.entries import Author, Entry, EntryRegister
from casebound.record.drafting import children_concerned
from casebound.record.drafting.about_others import others_as_sealed
from casebound.record.drafting.prepared import PreparedDraft
from casebound.record.drafting.restrict_shown import restrictions_as_sealed
from casebound.record.drafting.statements import with_opinions_of
from casebound.record.drafting.tellers import tellers_named
from casebound.rulebook.catalogue.answers import sealed_answers
from casebound.rulebook.catalogue.content import Content
from casebound.rulebook.catalogue.event_time import with_event_of_signing
from casebound.rulebook.catalogue.late import clock_starts_at, is_late
from casebound.rulebook.catalogue.shape import Form
from casebound.rulebook.catalogue.wall_time import event_times


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """Who signs, and how they proved again who they are."""

    worker: WorkerId
    full_name: str
    role: str
    auth: str


def entry_from(prepared: PreparedDraft, signing: Signing) -> Entry:
    """Return the entry a complete draft becomes when it is signed at the moment of the request."""
    draft, books, at = prepared.draft, prepared.books, prepared.at
    content = with_event_of_signing(draft.form, tellers_named(prepared), now=at)
    happened = event_times(content.happened_from, content.happened_to)
    since = clock_starts_at(happened)
    answers = sealed_answers(draft.form, draft.content, prepared.setting)
    return Entry(
        form=draft.form.name,
        form_version=draft.form.version,
        author=Author(id=signing.worker, name=signing.full_name, role=signing.role),
        home_id=prepared.book.home,
        happened_from=happened.start,
        happened_to=happened.end,
        content=others_as_sealed(
            _content(prepared, content, answers=answers, author=signing.full_name),
            prepared,
            answers,
        ),
        answers=answers,
        late=is_late(happened_at=since, signed_at=at),
        late_seconds=int((at.replace(microsecond=0) - since).total_seconds()),
        references=prepared.references,
        children=tuple(ChildId(book.id) for book in books) if len(books) > 1 else (),
        registers=_registers(draft.form, prepared.book),
        attachments=tuple(
            children_concerned.file_as_sealed(upload.file, books) for upload in prepared.files
        ),
        answers_about=children_concerned.answers_as_sealed(draft.content, books),
        moves=draft.history.moves,
    )


def _content(
    prepared: PreparedDraft, typed: Content, *, answers: Collection[str], author: str
) -> Content:
    content = with_opinions_of(author, typed.stripped())
    content = children_concerned.statements_as_sealed(content, prepared.books)
    content = restrictions_as_sealed(content, answers, prepared.files)
    if children_concerned.may_name_a_child(content.present):
        content = children_concerned.present_as_sealed(content, prepared.children_here)
    return content


def _registers(form: Form, book: SeenBook) -> tuple[EntryRegister, ...]:
    if form.register is None:
        return ()
    return (EntryRegister(register_id(book.home, form.register), form.register.value),)
