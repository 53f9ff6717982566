"""Drafts that can be handed on: whose they are, and who may take them over. Never their words."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from casebound.foundation.base.folding import sort_key
from casebound.foundation.base.ids import BookId, DraftId, WorkerId
from casebound.people.access.reads import SeenBook, seen_among
from casebound.people.access.unfinished import Unfinished
from casebound.people.accounts.reads import closed_among, full_names
from casebound.people.homes.appointments import last_role_at, workers_at
from casebound.people.rights.shape import Permission
from casebound.record.drafting.drafts import DraftLine
from casebound.record.drafting.matter import DraftMatter, matters_of
from casebound.record.drafting.models import Draft
from casebound.record.drafting.reads import drafts_of
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.registers import forms_for_managers


@dataclass(frozen=True, slots=True, kw_only=True)
class HandableDraft:
    """A draft as the person who hands it on knows it: without a word of it.

    Attributes:
        book: the book it is in, as that person sees it.
        role: the author's role there, or the one they had last, in words.
        is_left: its author cannot finish it any more.
        matter: who takes no part in it; None unless it is for managers.
    """

    id: DraftId
    book: SeenBook
    author: WorkerId
    author_name: str
    role: str
    form: str
    title: str
    saved_at: datetime
    version: int
    is_left: bool
    matter: DraftMatter | None = None


@dataclass(frozen=True, slots=True)
class ColleagueOffered:
    """Somebody who may take a draft over."""

    id: WorkerId
    name: str
    role: str


def left_behind(drafts: Sequence[DraftLine], *, at: datetime) -> set[DraftId]:
    """Return the drafts whose authors cannot finish them: their account is closed, their role has
    ended, or they moved to another home. 1 query, and 1 for each author with an open account.
    """  # noqa: D205 (one sentence of two lines)
    authors = {draft.author for draft in drafts}
    closed = closed_among(authors) if authors else set()
    left = set()
    for author in authors:
        own = [draft for draft in drafts if draft.author == author]
        books = {draft.book for draft in own}
        right = Permission.FINISH_OWN_DRAFT
        may = {} if author in closed else seen_among(author, books, at=at, to=right)
        left |= {
            draft.id for draft in own if draft.book not in may or may[draft.book].may(right) is None
        }
    return left


def handable_draft(draft: DraftId, *, by: WorkerId, at: datetime) -> HandableDraft | None:
    """Return the draft if `by` may hand it on: its author, or a manager if its author has left.

    What is for managers a manager hands on who may read such a matter, so nobody it names.
    """
    row = Draft.objects.filter(id=draft, is_empty=False).first()
    if row is None:
        return None
    line = DraftLine(
        draft, BookId(row.book_id), WorkerId(row.author_id), row.form, row.saved_at, row.clock_at
    )
    book = seen_among(by, [line.book], at=at, to=Permission.FINISH_OWN_DRAFT).get(line.book)
    if book is None:
        return None
    is_left = draft in left_behind([line], at=at)
    manages = is_left and book.may(Permission.ANSWER_FOR_BOOK)
    matter = matters_of([line], {line.book: book.home}, at=at).get(draft)
    if line.author != by and not (manages and (matter is None or matter.is_open_to(book))):
        return None
    role = last_role_at(line.author, book.home)
    return HandableDraft(
        id=draft,
        book=book,
        author=line.author,
        author_name=full_names([line.author])[line.author],
        role=role.words if role else "",
        form=line.form,
        title=catalogue.form(line.form).title,
        saved_at=line.saved_at,
        version=row.version,
        is_left=is_left,
        matter=matter,
    )


def drafts_left_by(author: WorkerId, *, by: WorkerId, at: datetime) -> list[HandableDraft]:
    """Return the drafts of somebody who can no longer finish them, which `by` may hand on.

    Oldest first. 6 queries a draft; a leaver has a handful.
    """
    found = [handable_draft(line.id, by=by, at=at) for line in drafts_of(author)]
    left = [draft for draft in found if draft is not None and draft.is_left]
    return sorted((draft for draft in left if draft.author != by), key=lambda draft: draft.saved_at)


def on_desk(
    drafts: Sequence[DraftLine],
    books: Mapping[BookId, SeenBook],
    *,
    left: Collection[DraftId],
    at: datetime,
) -> list[DraftLine]:
    """Return the drafts that stand on the desk of who sees these books.

    A draft that is for managers is its author's alone. Once its author has left, it waits on those
    who may read such a matter: never on who it names. No query without such a draft.
    """
    homes = {book: seen.home for book, seen in books.items()}
    matters = matters_of(drafts, homes, at=at)
    return [
        draft
        for draft in drafts
        if draft.id not in matters
        or (draft.id in left and matters[draft.id].is_open_to(books[draft.book]))
    ]


def unfinished_by(worker: WorkerId, asked_by: WorkerId, at: datetime) -> list[Unfinished]:
    """Return a worker's drafts by form, for who closes their account. 2 queries.

    Not those that are for managers: one of them may be about who closes it.
    """
    drafts = [draft for draft in drafts_of(worker) if draft.form not in forms_for_managers()]
    seen = seen_among(asked_by, {draft.book for draft in drafts}, at=at)
    kinds: dict[str, list[DraftLine]] = {}
    for draft in drafts:
        kinds.setdefault(draft.form, []).append(draft)
    return [
        Unfinished(
            catalogue.form(form).title,
            len(of_kind),
            tuple(sorted({seen[d.book].title for d in of_kind if d.book in seen}, key=sort_key)),
        )
        for form, of_kind in kinds.items()
    ]


def handing_key(draft: HandableDraft, to: WorkerId) -> str:
    """Return the key of handing a draft, as it was saved, to somebody: a second tap is a retry."""
    return f"{draft.id}/{draft.version}/{to}"


def colleagues_for(draft: HandableDraft, *, at: datetime) -> list[ColleagueOffered]:
    """Return who may take the draft over, by name: who writes on its form in its book.

    Nobody it names. 1 query, and 1 for each person who works at the home.
    """
    roles = dict(workers_at(draft.book.home, at=at))
    roles.pop(draft.author, None)
    names = full_names(roles)
    closed = closed_among(roles)
    offered = [
        ColleagueOffered(worker, names[worker], role.words)
        for worker, role in roles.items()
        if worker in names and worker not in closed and _may_write(worker, draft, at=at)
    ]
    return sorted(offered, key=lambda colleague: (sort_key(colleague.name), colleague.id))


def _may_write(worker: WorkerId, draft: HandableDraft, *, at: datetime) -> bool:
    right = Permission.FINISH_OWN_DRAFT
    book = seen_among(worker, [draft.book.id], at=at, to=right).get(draft.book.id)
    if book is None or book.may(right, form=draft.form) is None:
        return False
    return draft.matter is None or draft.matter.may_be_with(book)
