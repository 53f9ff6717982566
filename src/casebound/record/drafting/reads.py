"""Drafts as their authors see them. A draft is nobody else's business until it is signed."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db.models import QuerySet

from casebound.foundation.base.ids import BookId, DraftId, EntryId, WorkerId
from casebound.foundation.proof.encryption import decrypt_draft
from casebound.ledger.keyring.actions import book_key
from casebound.ledger.sealing import reads as sealed
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.reads import full_names
from casebound.people.duties.entries import WHOLE, Subject
from casebound.people.homes.entries import Role
from casebound.people.homes.reads import children_at, workers_at
from casebound.record.attachments import reads as attached
from casebound.record.attachments.reads import UploadSeen
from casebound.record.book.entries import How, Reference, is_written, subject_from, subject_json
from casebound.record.drafting import concerning
from casebound.record.drafting.concerning import LIVES_HERE_TOO
from casebound.record.drafting.models import Draft
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.completeness import Missing, missing
from casebound.rulebook.catalogue.content import Content, HowKnown, Person
from casebound.rulebook.catalogue.late import clock_starts_at, is_late
from casebound.rulebook.catalogue.setting import Colleague, Setting
from casebound.rulebook.catalogue.shape import FieldType, Form, has_answer
from casebound.rulebook.catalogue.wall_time import WallTimeError, event_times

IS_RIGHT = "is_right"  # what the form on which an originator confirms asks (P28)


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The earlier entry a draft is about, and how many pages the book had when it was read.

    It puts that entry right, or follows it; `subject` says for which of several things it follows.
    `others` has the pages of the other children's books that the entry is in.
    """

    how: How
    entry_id: EntryId
    index: int
    number: int
    pages: int
    subject: Subject = WHOLE
    others: tuple[tuple[BookId, int], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Write it for the draft's body."""
        return {
            "how": self.how.value,
            "entry": self.entry_id,
            "index": self.index,
            "number": self.number,
            "pages": self.pages,
            "subject": subject_json(self.subject),
            "others": [[book, pages] for book, pages in self.others],
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """Read what `to_json` wrote."""
        return cls(
            how=How(kept["how"]),
            entry_id=EntryId(kept["entry"]),
            index=kept["index"],
            number=kept["number"],
            pages=kept["pages"],
            subject=subject_from(kept.get("subject")),
            others=tuple((BookId(book), pages) for book, pages in kept.get("others", [])),
        )


def about_earlier(entry: ReadEntry, *, book: BookId, how: How) -> About:
    """Return what a draft says of the entry it puts right, read now in `book`. 1 query a book."""
    return About(
        how=how,
        entry_id=entry.entry_id,
        index=entry.index,
        number=entry.pages[book],
        pages=sealed.book_pages(book),
        others=tuple((one, sealed.book_pages(one)) for one in entry.pages if one != book),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDraft:
    """A draft, decrypted. `files` says whether it had any when it was opened."""

    id: DraftId
    book: BookId
    author: WorkerId
    form: Form
    begun_at: datetime
    saved_at: datetime
    version: int
    content: Content
    about: About | None
    files: bool = False

    @property
    def references(self) -> tuple[Reference, ...]:
        """What the entry will be about: the entry it puts right or follows, and its notes."""
        made = []
        if self.about is not None:
            about = self.about
            how = about.how
            if how is How.CONFIRMS and has_answer(self.content.answers.get(IS_RIGHT), ("no",)):
                how = How.CORRECTION  # it says what is not right
            made.append(Reference(how, about.entry_id, about.index, about.subject))
        for note in self.content.drew_on:
            entry = sealed.entry_of(note)
            if entry is not None and self.book in entry.pages and is_written(entry):
                made.append(Reference(How.DREW_ON, note, entry.index))
        return tuple(made)


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft as a list shows it: no content."""

    id: DraftId
    book: BookId
    author: WorkerId
    form: str
    saved_at: datetime
    clock_at: datetime | None


def open_draft(draft: DraftId, *, author: WorkerId) -> OpenDraft | None:
    """Open a draft for its author; None for everybody else and where there is none. 1 query."""
    found = Draft.objects.filter(id=draft, author_id=author)
    row = found.annotate(files=attached.has_files()).first()
    if row is None:
        return None
    kept = json.loads(
        decrypt_draft(
            bytes(row.body),
            book_key(BookId(row.book_id)),
            origin=settings.INSTALLATION.origin,
            draft_id=row.id,
        )
    )
    return OpenDraft(
        id=draft,
        book=BookId(row.book_id),
        author=author,
        form=catalogue.form(row.form, kept["v"]),
        begun_at=row.begun_at,
        saved_at=row.saved_at,
        version=row.version,
        content=Content.from_json(kept["content"]),
        about=About.from_json(kept["about"]) if kept["about"] else None,
        files=row.files,
    )


def files_of(draft: OpenDraft) -> list[UploadSeen]:
    """Return the files the draft had when it was opened, in their order. 1 query, if there are any.

    Most have none, and every signature asks.
    """
    return attached.uploads_of(draft.id, draft.book) if draft.files else []


def drafts_of(author: WorkerId) -> list[DraftLine]:
    """Return the author's drafts, last saved first, at most 100. 1 query."""
    return _lines(Draft.objects.filter(author_id=author))


def drafts_in(books: list[BookId]) -> list[DraftLine]:
    """Return the drafts that wait in these books, whoever writes them, at most 100. 1 query.

    For the manager's desk: that something is unsigned, by whom and since when, never its words.
    """
    return _lines(Draft.objects.filter(book_id__in=books))


def people_around(book: SeenBook, *, at: datetime) -> list[Person]:
    """Return who may well have been there (see `people_in`). 4 queries."""
    return people_in(home_around(book, at=at), book)


def people_in(around: Setting, book: SeenBook) -> list[Person]:
    """Return who may well have been there: the book's child, colleagues, the other children.

    The one who writes is not in it: they say how they know.
    """
    return [
        *(Person(name) for child, name in around.children.items() if child == book.child),
        *(Person(one.name, one.role) for key, one in around.workers.items() if key != book.worker),
        *(
            Person(name, LIVES_HERE_TOO)
            for child, name in around.children.items()
            if child != book.child
        ),
    ]


def home_around(book: SeenBook, *, at: datetime) -> Setting:
    """Return the home a book is written in: who works and lives there, by name. 4 queries."""
    children = children_at([book.home], at=at)
    roles: dict[WorkerId, Role] = {}
    for worker, role in workers_at(book.home, at=at):
        # A role at the home says more than whose key worker somebody is.
        if role is not Role.KEY_WORKER or worker not in roles:
            roles[worker] = role
    names = full_names(roles)
    by_name = sorted((name, worker) for worker, name in names.items() if worker in roles)
    return Setting(
        secure=book.secure,
        workers={worker: Colleague(name, roles[worker].words) for name, worker in by_name},
        children={one.id: one.called for one in children},
    )


def setting_of(form: Form, book: SeenBook, *, at: datetime) -> Setting:
    """Return what a form needs to know of the home. 4 queries; none if it asks for nobody there."""
    if any(field.type in _OF_THE_HOME for field in form.fields):
        return home_around(book, at=at)
    return Setting(secure=book.secure)


_OF_THE_HOME = frozenset({FieldType.WORKERS, FieldType.CHILDREN, FieldType.ROWS})


def missing_from(
    draft: OpenDraft,
    *,
    book: SeenBook,
    now: datetime,
    uploads: Sequence[UploadSeen] | None = None,
) -> tuple[Missing, ...]:
    """Name what the rules still ask for before the draft can be signed at `now` (P49).

    `uploads` are its files, if the caller has them.
    """
    found = missing(
        draft.form,
        draft.content,
        now=now,
        late=would_be_late(draft.content, now=now),
        setting=setting_of(draft.form, book, at=now),
    )
    gaps = (*concerning.gaps(draft, book, at=now), *_originator(draft, book, now))
    if uploads is None:
        uploads = files_of(draft)
    return (*gaps, *found, *attached.gaps(uploads))


def _originator(draft: OpenDraft, book: SeenBook, now: datetime) -> tuple[Missing, ...]:
    """Name an originator who cannot read it here. 4 queries, if a colleague was picked (P28)."""
    content = draft.content
    picked = content.originator_id if content.how_known is HowKnown.TOLD_BY else ""
    if not picked or (picked != draft.author and picked in home_around(book, at=now).workers):
        return ()
    words = "The colleague you picked does not work here now. Pick another, or name them in words."
    if picked == draft.author:
        words = "You cannot be the one who told you. If you were there yourself, say so."
    return (Missing("originator_id", words, "P28"),)


def would_be_late(content: Content, *, now: datetime) -> bool:
    """Say whether an entry with this content, signed `now`, would be a Late Entry (P44)."""
    try:
        happened = event_times(content.happened_from, content.happened_to)
    except WallTimeError:
        return False
    since = clock_starts_at(happened)
    return since <= now and is_late(happened_at=since, signed_at=now)


def _lines(found: QuerySet[Draft]) -> list[DraftLine]:
    rows = found.order_by("-saved_at", "id").values_list(
        "id", "book_id", "author_id", "form", "saved_at", "clock_at"
    )[:100]
    return [
        DraftLine(DraftId(i), BookId(b), WorkerId(a), form, saved, clock)
        for i, b, a, form, saved, clock in rows
    ]
