"""Beginning a draft: empty, about an earlier entry, or as a handover."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db.models import F

from casebound.foundation.base.ids import BookId, DraftId, WorkerId, new_id
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.access.reads import SeenBook
from casebound.people.duties.entries import Subject
from casebound.people.homes.reads import children_at
from casebound.record.book.entries import How
from casebound.record.drafting.body import clock_of, encrypted_body
from casebound.record.drafting.drafts import About
from casebound.record.drafting.models import Draft
from casebound.record.drafting.permitting import check_may_begin
from casebound.record.drafting.reads import open_draft
from casebound.record.followups import reads as followups
from casebound.record.followups.reads import Known
from casebound.record.profile import reads as profile
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.content import Answer, Content, HowKnown
from casebound.rulebook.catalogue.event_time import first_event_time
from casebound.rulebook.catalogue.shape import Fills, Form, Group, WrittenBy
from casebound.rulebook.catalogue.wall_time import as_typed

UNTOUCHED = 1  # the version of a draft that nobody has typed in
LOOKED_AT = 10  # drafts of one form in one book, when a follow-up is begun again


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
        content = _first_content(book, catalogue.form(form), at)
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


def _first_content(book: SeenBook, form: Form, at: datetime) -> Content:
    """Return what a new draft begins with: nothing anybody could have meant otherwise.

    A section of the profile begins with what it says now, so that one line is quickly changed.
    An entry with a child takes language and interpreter from there (P25). 1 query for either.
    """
    start, end = first_event_time(form, now=at)
    content = Content(happened_from=start, happened_to=end)
    if form.group is Group.PROFILE:
        answers = profile.current_answers(book.id, form) or _from_admission(book, form, at)
        return replace(content, answers=answers)
    if not form.child_facing:
        return content
    filled = profile.fills_in(book.id)
    return replace(
        content,
        language=filled.get(Fills.LANGUAGE, ""),
        interpreter=filled.get(Fills.INTERPRETER, ""),
    )


def _from_admission(book: SeenBook, form: Form, at: datetime) -> Mapping[str, Answer]:
    """Return what the admission said already, so that nobody types it again. 2 queries."""
    asked = {field.name for field in form.fields}
    if "born_on" not in asked:
        return {}
    for child in children_at([book.home], at=at):
        if child.id == book.child:
            answers = {"full_name": child.full_name, "born_on": child.born_on.isoformat()}
            return {name: words for name, words in answers.items() if name in asked}
    return {}


def begin_handover(
    *, book: SeenBook, form: str, entries: Sequence[str], by: WorkerId, at: datetime
) -> DraftId:
    """Begin a handover that leads to these entries; signing drops those it may not lead to.

    Raises:
        NotAllowedError: `by` may read the book but not write in it.
    """
    first = _first_content(book, catalogue.form(form), at)
    content = Content.from_json({**first.to_json(), "hands_over": list(entries)})
    return begin_draft(book=book, form=form, by=by, at=at, content=content)


def begin_follow_up(
    *, book: SeenBook, entry: ReadEntry, form: str, subject: Subject, by: WorkerId, at: datetime
) -> DraftId:
    """Begin what comes next after an entry, or go on with the draft of it that is there.

    What is known is filled in: for which person it is, who was there, and which entry it follows.

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
    known = followups.known_of(entry, book, form, subject, at=at)
    about = _about(entry, book, which, known)
    draft = _begun_already(book.id, form, about, by=by)
    if draft is not None:
        return draft
    content = _known_content(_first_content(book, which, at), about, known)
    return begin_draft(book=book, form=form, by=by, at=at, about=about, content=content)


def _about(entry: ReadEntry, book: SeenBook, form: Form, known: Known) -> About:
    return About(
        how=How.CONFIRMS if form.by is WrittenBy.ORIGINATOR else How.FOLLOWS,
        entry_id=entry.entry_id,
        index=entry.index,
        number=entry.pages[book.id],
        pages=entry.pages[book.id],
        subject=known.subject,
    )


def _begun_already(book: BookId, form: str, about: About, *, by: WorkerId) -> DraftId | None:
    """Return the author's draft of the same follow-up: a second tap goes on with it."""
    drafts = Draft.objects.filter(author_id=by, book_id=book, form=form).order_by("-saved_at")
    for draft_id in drafts.values_list("id", flat=True)[:LOOKED_AT]:
        draft = open_draft(DraftId(draft_id), author=by)
        if draft is None or draft.about is None:
            continue
        if (draft.about.entry_id, draft.about.subject) == (about.entry_id, about.subject):
            return draft.id
    return None


def _known_content(first: Content, about: About, known: Known) -> Content:
    """Return the first content with what the earlier entry and its duty tell."""
    content = replace(first, present=known.present, answers={**first.answers, **known.answers})
    if (event := known.event) is not None:
        content = replace(
            content,
            happened_from=as_typed(event.happened_from),
            happened_to=as_typed(event.happened_to) if event.happened_to else "",
            where=event.content.where,
        )
    if about.how is How.CONFIRMS:
        # What is told here is the reading itself, which only the one who signs it does.
        content = replace(content, how_known=HowKnown.WAS_THERE, present_nobody=True)
    return content
