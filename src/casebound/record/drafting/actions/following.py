"""Beginning what comes next after an entry, with what is known filled in."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from casebound.foundation.base.ids import BookId, DraftId, WorkerId
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.access.reads import SeenBook
from casebound.people.duties.entries import Subject
from casebound.record.book.entries import Entry
from casebound.record.drafting.actions.beginning import begin_draft
from casebound.record.drafting.drafts import About
from casebound.record.drafting.first_content import first_content
from casebound.record.drafting.kept_marks import with_restricted
from casebound.record.drafting.reads import begun_already
from casebound.record.followups import reads as followups
from casebound.record.followups.reads import Known
from casebound.record.followups.relations import CONFIRMS, FOLLOWS
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.answers import typed_answers
from casebound.rulebook.catalogue.content import Answer, Content
from casebound.rulebook.catalogue.shape import FieldType, Form, WrittenBy
from casebound.rulebook.catalogue.wall_time import as_typed

ASKED_AGAIN = frozenset({"despite", "changed", "stands", "ruled_out"})  # never carried on


def begin_follow_up(
    *,
    book: SeenBook,
    entry: ReadEntry,
    form: str,
    subject: Subject,
    answers: Mapping[str, str] | None = None,
    by: WorkerId,
    at: datetime,
) -> DraftId:
    """Begin what comes next after an entry, or go on with the draft that was already begun.

    It fills in what is known: the person it is for, who was there, and the entry it follows; and
    `answers`, as far as the form asks them and offers them.

    Raises:
        NotAllowedError: `by` may read the book but not write in it.
        NoSuchFormError: there is no such form.
        NothingToFollowError: nothing about the entry asks for this form.
        RefusedError: the rules ask for somebody else, who is named.
    """
    which = catalogue.form(form)
    if followups.is_next_in_book(form, entry, book, at=at):
        return begin_draft(book=book, form=form, by=by, at=at)
    followups.check_follow_up(which, book, entry.entry_id, subject, at=at)
    follow_up = followups.known_of(entry, book, form, subject, at=at)
    tapped = _offered(which, answers or {})
    follow_up = replace(follow_up, answers={**follow_up.answers, **tapped})
    about = _about(entry, book, which, follow_up)
    draft = _begun_already(book.id, form, about, tapped, by=by)
    if draft is not None:
        return draft
    content = _known_content(which, first_content(book, which, at), follow_up)
    if which.carries_on:
        carried = _carried_on(which, entry)
        content = replace(content, answers={**carried, **content.answers})
        content = with_restricted(
            content, which, entry.index, book, answers={name: name for name in carried}
        )
    elif medicine := _same_medicine(which, entry):
        content = replace(content, answers={**content.answers, "medicine": medicine})
    return begin_draft(
        book=book, form=form, by=by, at=at, about=about, content=content, is_empty=True
    )


def _same_medicine(form: Form, entry: ReadEntry) -> str:
    """Return the medicine of the earlier entry, and how much, if the form asks for one too."""
    if not any(field.name == "medicine" for field in form.fields):
        return ""
    answers = Entry.read(entry).answers
    amount = answers.get("dose") or answers.get("quantity")
    return ": ".join(str(part) for part in (answers.get("medicine"), amount) if part)


def _carried_on(form: Form, entry: ReadEntry) -> dict[str, Answer]:
    """Return what the earlier entry says, to change one answer and keep the rest.

    A warning was answered for the earlier entry alone.
    """
    answers = typed_answers(form, Entry.read(entry).answers)
    return {name: answer for name, answer in answers.items() if name not in ASKED_AGAIN}


def _about(entry: ReadEntry, book: SeenBook, form: Form, follow_up: Known) -> About:
    return About(
        relation=CONFIRMS if form.by is WrittenBy.ORIGINATOR else FOLLOWS,
        entry_id=entry.entry_id,
        index=entry.index,
        number=entry.pages[book.id],
        pages=entry.pages[book.id],
        subject=follow_up.subject,
    )


def _offered(form: Form, answers: Mapping[str, str]) -> dict[str, str]:
    """Return those of `answers` that the form asks for as text, or offers to choose."""
    offered: dict[str, str] = {}
    for field in form.fields:
        value = answers.get(field.name, "")
        choices = {choice.value for choice in field.choices}
        if value and (
            value in choices
            if field.type is FieldType.CHOICE
            else field.type is FieldType.TEXT and len(value) <= field.max_length
        ):
            offered[field.name] = value
    return offered


def _begun_already(
    book: BookId, form: str, about: About, answers: Mapping[str, str], *, by: WorkerId
) -> DraftId | None:
    """Return the author's draft of the same follow-up.

    A draft that answers otherwise than the button says is another: a line for one parent is not
    gone on with as a line for the other.
    """
    return begun_already(
        book=book,
        form=form,
        author=by,
        is_same=lambda draft: (
            about.is_same_as(draft.about)
            and all(draft.content.answers.get(name) == value for name, value in answers.items())
        ),
    )


def _known_content(form: Form, first: Content, follow_up: Known) -> Content:
    """Return the first content, filled in from the earlier entry and its duty."""
    several = {field.name for field in form.fields if field.type is FieldType.CHOICES}
    fills: dict[str, Answer] = {
        name: (value,) if name in several else value for name, value in follow_up.answers.items()
    }
    content = replace(first, present=follow_up.present, answers={**first.answers, **fills})
    if (event := follow_up.event) is not None:
        content = replace(
            content,
            happened_from=as_typed(event.happened_from),
            happened_to=as_typed(event.happened_to) if event.happened_to else "",
            where=event.content.where,
        )
    return content
