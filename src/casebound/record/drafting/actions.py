"""Writing a draft, and signing it: the one way an entry on a form comes into a book."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from casebound.foundation.base.ids import BookId, ChildId, DraftId, WorkerId, new_id
from casebound.foundation.base.names import is_full_name
from casebound.foundation.base.refusals import NotAllowedError, RefusedError
from casebound.foundation.proof.commitments import MOST_PARTS
from casebound.foundation.proof.encryption import encrypt_draft
from casebound.ledger.keyring.actions import book_key
from casebound.ledger.projecting.actions import seal_and_project
from casebound.ledger.sealing.actions import NewEntry, Sealed
from casebound.ledger.sealing.plain import Plain
from casebound.ledger.sealing.reads import ReadEntry
from casebound.ledger.sealing.registers import register_id
from casebound.people.access.reads import SeenBook
from casebound.people.duties.entries import Subject
from casebound.people.homes.reads import children_at
from casebound.people.rights.shape import Permission
from casebound.record.attachments import actions as attaching
from casebound.record.attachments.reads import UploadSeen
from casebound.record.book.entries import FOLLOWING, Author, Entry, How, Register
from casebound.record.drafting import concerning, handing_over
from casebound.record.drafting.models import Draft
from casebound.record.drafting.reads import (
    About,
    OpenDraft,
    files_of,
    missing_from,
    open_draft,
    setting_of,
)
from casebound.record.followups import reads as followups
from casebound.record.followups.rules import NothingToFollowError
from casebound.record.profile import reads as profile
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.answers import sealed_answers
from casebound.rulebook.catalogue.completeness import Missing
from casebound.rulebook.catalogue.content import Answer, Content, HowKnown
from casebound.rulebook.catalogue.event_time import first_event_time
from casebound.rulebook.catalogue.late import clock_starts_at, is_late
from casebound.rulebook.catalogue.shape import Fills, Form, Group, WrittenBy
from casebound.rulebook.catalogue.wall_time import WallTimeError, as_typed, event_times

UNTOUCHED = 1  # the version of a draft that nobody has typed in


class IncompleteError(RefusedError):
    """Something the rules ask for is missing."""

    what = "This entry is not signed yet."
    do = "Your words are kept. Put right what is listed, then sign."

    def __init__(self, missing: tuple[Missing, ...]) -> None:
        """Keep what is missing, for the screen to list and link."""
        super().__init__(" ".join(f"{one.words} ({one.rule})" for one in missing))
        self.missing = missing


class InitialsError(RefusedError):
    """The account's name is not a name in full."""

    what = "This entry is not signed."
    why = "Entries are signed with the full name, not with initials (P48)."
    do = "Ask the administrator to put your full name on your account. Your draft is kept."


class StaleDraftError(RefusedError):
    """The draft was saved from somewhere else since this page was opened."""

    what = "This draft was changed in another window since you opened it here."
    do = "Both versions are shown. Take over what you need, then save."

    def __init__(self, draft: OpenDraft) -> None:
        """Keep the draft as it is now."""
        super().__init__()
        self.draft = draft


class DraftChangedError(RefusedError):
    """The draft is not as it was when its author read it through."""

    what = "This entry is not signed yet."
    why = "The draft was changed, or signed, in another window since you read it through here."
    do = "Read it through again, then sign. Nothing you typed is lost."


class TooMuchError(RefusedError):
    """An entry has more parts than the format allows."""

    what = "This entry is not signed yet."
    why = "It has more statements, answers and files than one entry can hold."
    do = "Move some of the files or statements to a second entry. Nothing you typed is lost."


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """Who signs, and how they proved again who they are."""

    worker: WorkerId
    full_name: str
    role: str
    auth: str


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

    A draft of the same form that nobody has typed in yet is replaced by it.

    Raises:
        NotAllowedError: `by` may read the book but not write in it.
    """
    book.check_may(Permission.WRITE_ENTRY)
    if about is None and content is None:
        # A second tap, or a page left at once, must not leave empty drafts behind.
        Draft.objects.filter(
            author_id=by, book_id=book.id, form=form, version=UNTOUCHED, saved_at=F("begun_at")
        ).delete()
    version = catalogue.form(form).version
    untouched = content is None
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
        clock_at=_clock(content),
        version=UNTOUCHED if untouched else UNTOUCHED + 1,
        body=_encrypted(draft, book.id, version, content, about),
    )
    return draft


def _first_content(book: SeenBook, form: Form, at: datetime) -> Content:
    """Return what a fresh draft begins with: nothing anybody could have meant otherwise.

    A section of the profile begins with what it says now, so that one line is quickly changed;
    an entry with a child takes language and interpreter from there (P25). 1 query for either.
    """
    start, end = first_event_time(form, now=at)
    content = Content(happened_from=start, happened_to=end)
    if form.group is Group.PROFILE:
        now = profile.current_answers(book.id, form) or _from_admission(book, form, at)
        return replace(content, answers=now)
    if not form.child_facing:
        return content
    known = profile.fills_in(book.id)
    return replace(
        content,
        language=known.get(Fills.LANGUAGE, ""),
        interpreter=known.get(Fills.INTERPRETER, ""),
    )


def _from_admission(book: SeenBook, form: Form, at: datetime) -> dict[str, Answer]:
    """Return what the admission said already, so that nobody types it again. 2 queries."""
    asked = {one.name for one in form.fields}
    for child in children_at([book.home], at=at) if "born_on" in asked else ():
        if child.id == book.child:
            known = {"full_name": child.full_name, "born_on": child.born_on.isoformat()}
            return {name: words for name, words in known.items() if name in asked}
    return {}


def begin_handover(
    *, book: SeenBook, form: str, entries: Sequence[str], by: WorkerId, at: datetime
) -> DraftId:
    """Begin a handover that leads to these entries; which of them it may, signing says.

    Raises:
        NotAllowedError: `by` may read the book but not write in it.
    """
    first = _first_content(book, catalogue.form(form), at)
    given = {**first.to_json(), "hands_over": list(entries)}
    return begin_draft(book=book, form=form, by=by, at=at, content=Content.from_json(given))


def begin_follow_up(
    *, book: SeenBook, entry: ReadEntry, form: str, subject: Subject, by: WorkerId, at: datetime
) -> DraftId:
    """Begin what comes next after an entry, or go on with the draft of it that is there.

    What is known is filled in: whom it is for, who was there, and that it follows that entry.

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
    about = About(
        how=How.CONFIRMS if which.by is WrittenBy.ORIGINATOR else How.FOLLOWS,
        entry_id=entry.entry_id,
        index=entry.index,
        number=entry.pages[book.id],
        pages=entry.pages[book.id],
        subject=known.subject,
    )
    same = _begun_already(book.id, form, about, by=by)
    if same is not None:
        return same
    content = _first_content(book, which, at)
    content = replace(content, present=known.present, answers={**content.answers, **known.answers})
    if (event := known.event) is not None:
        content = replace(
            content,
            happened_from=as_typed(event.happened_from),
            happened_to=as_typed(event.happened_to) if event.happened_to else "",
            where=event.content.where,
        )
    if about.how is How.CONFIRMS:
        # What is told here is the reading itself, which nobody does but the one who signs it.
        content = replace(content, how_known=HowKnown.WAS_THERE, present_nobody=True)
    return begin_draft(book=book, form=form, by=by, at=at, about=about, content=content)


def _begun_already(book: BookId, form: str, about: About, *, by: WorkerId) -> DraftId | None:
    """Return the author's draft of the same follow-up: a second tap goes on with it."""
    ids = Draft.objects.filter(author_id=by, book_id=book, form=form).order_by("-saved_at")
    for found in ids.values_list("id", flat=True)[:10]:
        draft = open_draft(DraftId(found), author=by)
        if draft is None or draft.about is None:
            continue
        if (draft.about.entry_id, draft.about.subject) == (about.entry_id, about.subject):
            return draft.id
    return None


@transaction.atomic(using="default")
def save_draft(*, draft: OpenDraft, content: Content, version: int, at: datetime) -> int:
    """Keep what was typed; return the draft's new version. 1 statement.

    Nothing about the content is refused: a draft is whatever its author has typed so far.

    Raises:
        StaleDraftError: another window saved it since `version`.
    """
    saved = Draft.objects.filter(id=draft.id, author_id=draft.author, version=version).update(
        body=_encrypted(draft.id, draft.book, draft.form.version, content, draft.about),
        saved_at=at,
        clock_at=_clock(content),
        version=version + 1,
    )
    if not saved:
        now = open_draft(draft.id, author=draft.author)
        if now is None:
            raise NotAllowedError
        raise StaleDraftError(now)
    return version + 1


def read_again(
    *, draft: OpenDraft, pages: int, at: datetime, book: BookId | None = None
) -> OpenDraft:
    """Note that the author has read a book up to `pages`, on which putting right depends.

    `book` is the draft's own, or another that the earlier entry is in as well.

    Raises:
        DraftChangedError: another window saved it meanwhile.
    """
    if draft.about is None:
        return draft
    if book in {None, draft.book}:
        about = replace(draft.about, pages=pages)
    else:
        others = tuple((one, pages if one == book else n) for one, n in draft.about.others)
        about = replace(draft.about, others=others)
    kept = Draft.objects.filter(id=draft.id, author_id=draft.author, version=draft.version).update(
        body=_encrypted(draft.id, draft.book, draft.form.version, draft.content, about),
        saved_at=at,
    )
    if not kept:
        raise DraftChangedError
    return replace(draft, about=about)


def note_files(*, draft: OpenDraft, at: datetime) -> None:
    """Note that its files changed: it is no longer a draft that nobody has touched."""
    Draft.objects.filter(id=draft.id, author_id=draft.author).update(saved_at=at)


def discard_draft(*, draft: OpenDraft) -> None:
    """Throw a draft away, as its author asks. It was never part of the record."""
    attaching.remove_all(draft=draft.id, book=draft.book)
    Draft.objects.filter(id=draft.id, author_id=draft.author).delete()


def sign_draft(*, draft: OpenDraft, book: SeenBook, signing: Signing, at: datetime) -> Sealed:
    """Seal a draft as the next entry of its books and registers (P48, P58, P64).

    Raises:
        NotAllowedError: it is not the signer's draft, or they may not write in the book.
        InitialsError: the signer's name is not a full name.
        IncompleteError: something the rules ask for is missing.
        RefusedError: it follows an earlier entry, and this worker may not write that.
        StaleBookError: the draft puts right an earlier entry and the book has grown since.
        DraftChangedError: it was saved or signed meanwhile, from another window.
    """
    if draft.author != signing.worker or draft.book != book.id:
        raise NotAllowedError
    book.check_may(Permission.FINISH_OWN_DRAFT)
    if not is_full_name(signing.full_name, only_one_name=True):
        raise InitialsError
    check_follows(draft, book=book, at=at)
    uploads = files_of(draft)
    found = missing_from(draft, book=book, now=at, uploads=uploads)
    if found:
        raise IncompleteError(found)
    entry = entry_from(draft, home=book, signing=signing, at=at, uploads=uploads)
    books = concerning.books_of(draft, book, at=at)
    parts = entry.parts()
    if len(parts) > MOST_PARTS:
        raise TooMuchError
    done = seal_and_project(
        NewEntry(
            books=tuple(one.id for one in books),
            parts=parts,
            files=attaching.sources(uploads, [part.m["n"] for part in parts]),
            signed_by=signing.worker,
            signed_at=at,
            auth=signing.auth,
            expects=concerning.expected_pages(draft, books),
            registers=tuple(one.id for one in entry.registers),
        ),
        with_it=lambda plain: _take_away(plain, draft, [one.id for one in uploads]),
    )
    attaching.forget_sealed(uploads)
    return done


def check_follows(draft: OpenDraft, *, book: SeenBook, at: datetime) -> None:
    """Refuse a follow-up whose writer may not write it, or that follows nothing (P63).

    Asked when it is begun and again when it is signed, whatever was posted in between.

    Raises:
        RefusedError: as `followups.reads.check_may_begin`.
        NothingToFollowError: the form follows an earlier entry, and there is none it can follow.
    """
    about = draft.about
    if about is None or about.how not in FOLLOWING:
        if draft.form.follows:
            raise NothingToFollowError
        return
    followups.check_follow_up(draft.form, book, about.entry_id, about.subject, at=at)


def _take_away(plain: Plain, draft: OpenDraft, uploads: list[str]) -> Callable[[], None]:
    """Remove a draft as it is sealed. Whoever signs the same draft at once finds none.

    Its files go with it. If another window added one meanwhile, nothing is sealed.
    """
    files = attaching.take_rows_away(plain, draft.id)
    gone = plain.execute(
        "DELETE FROM draft WHERE id = %s AND version = %s", [draft.id, draft.version]
    )

    def check() -> None:
        if gone.rowcount != 1 or files.rowcount != len(uploads):
            raise DraftChangedError

    return check


def entry_from(
    draft: OpenDraft,
    *,
    home: SeenBook,
    signing: Signing,
    at: datetime,
    uploads: Sequence[UploadSeen] = (),
) -> Entry:
    """Return the entry a complete draft becomes when it is signed at `at`."""
    happened = event_times(draft.content.happened_from, draft.content.happened_to)
    since = clock_starts_at(happened)
    books = concerning.books_of(draft, home, at=at)
    return Entry(
        form=draft.form.name,
        form_version=draft.form.version,
        author=Author(id=signing.worker, name=signing.full_name, role=signing.role),
        home_id=home.home,
        happened_from=happened.start,
        happened_to=happened.end,
        content=concerning.as_sealed(draft.content.tidy(), books, at=at),
        answers=sealed_answers(draft.form, draft.content, setting_of(draft.form, home, at=at)),
        late=is_late(happened_at=since, signed_at=at),
        late_seconds=int((at.replace(microsecond=0) - since).total_seconds()),
        references=(*draft.references, *handing_over.references(draft, home, at=at)),
        children=tuple(ChildId(one.id) for one in books) if len(books) > 1 else (),
        registers=_registers(draft.form, home),
        attachments=tuple(one.file for one in uploads),
    )


def _registers(form: Form, book: SeenBook) -> tuple[Register, ...]:
    if form.register is None:
        return ()
    return (Register(register_id(book.home, form.register), form.register.value),)


def _clock(content: Content) -> datetime | None:
    try:
        return clock_starts_at(event_times(content.happened_from, content.happened_to))
    except WallTimeError:
        return None


def _encrypted(
    draft: DraftId, book: BookId, form_version: int, content: Content, about: About | None
) -> bytes:
    kept: Mapping[str, Any] = {
        "v": form_version,
        "content": content.to_json(),
        "about": about.to_json() if about else None,
    }
    return encrypt_draft(
        json.dumps(kept).encode(),
        book_key(book),
        origin=settings.INSTALLATION.origin,
        draft_id=draft,
    )
