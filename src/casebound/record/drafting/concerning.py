"""Whom a draft is about, and so which books its entry goes into (P40, P63).

An event that concerns several children is written once and sealed into the book of each. Who may
write in one of the books only cannot put anything into the others: it is asked when the page is
drawn and again when it is signed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from casebound.foundation.base.ids import BookId, ChildId
from casebound.ledger.sealing import reads as sealed
from casebound.people.access.reads import SeenBook, seen_among, seen_books
from casebound.people.homes.reads import children_at
from casebound.people.rights.shape import Permission
from casebound.record.book.entries import PUTS_RIGHT, How
from casebound.record.book.reads import barred_from_view
from casebound.record.book.separating import is_about
from casebound.rulebook.catalogue.completeness import Missing
from casebound.rulebook.catalogue.content import Content, Person, StatementContent

if TYPE_CHECKING:  # `reads` asks here what is missing
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from casebound.record.drafting.reads import OpenDraft

LIVES_HERE_TOO: Final = "lives here too"  # what the other children of the home are, when picked
PICK: Final = "also_about"  # the control where children are picked
# What is put right is put right wherever it stands; only the wrong book may be one of several.
_ALL_OF_THEM: Final = frozenset({How.ADDENDUM, How.CORRECTION, How.STRIKE})


def others_offered(draft: OpenDraft, book: SeenBook, *, at: datetime) -> list[SeenBook]:
    """Return the other children's books the draft may go into, by name. At most 3 queries.

    Of a new event: the children who live at the home. Of one that puts an earlier entry right, or
    follows it: the children that entry is about.
    """
    if book.child is None:
        return []
    if draft.about is not None:
        return _others_of_the_earlier(draft, book, at=at)
    if not draft.form.several_children:
        return []
    return [
        one
        for one in seen_books(book.worker, at=at)
        if one.child
        and one.home == book.home
        and one.id != book.id
        and one.may(Permission.WRITE_ENTRY, form=draft.form.name)
    ]


def _others_of_the_earlier(draft: OpenDraft, book: SeenBook, *, at: datetime) -> list[SeenBook]:
    about = draft.about
    if about is None or not (draft.form.puts_right or draft.form.several_children):
        return []
    earlier = sealed.entry_of(about.entry_id)
    if earlier is None or len(earlier.pages) == 1:
        return []
    return [
        one
        for one in seen_among(book.worker, earlier.pages, at=at).values()
        if one.id != book.id
        and one.may(Permission.WRITE_ENTRY, form=draft.form.name)
        and not barred_from_view([about.entry_id], book=one.id)
    ]


def is_asked(draft: OpenDraft) -> bool:
    """Say whether the author picks the other children, or it is settled already."""
    return draft.about is None or draft.about.how not in _ALL_OF_THEM


def books_of(draft: OpenDraft, book: SeenBook, *, at: datetime) -> tuple[SeenBook, ...]:
    """Return the books the entry goes into, the one it was begun in first.

    Whoever was picked and is not offered (any more) is not in it: `gaps` says so before signing.
    """
    offered = others_offered(draft, book, at=at)
    if not is_asked(draft):
        return (book, *offered)
    return (book, *(one for one in offered if ChildId(one.id) in draft.content.also_about))


def expected_pages(draft: OpenDraft, books: Sequence[SeenBook]) -> dict[BookId, int]:
    """Return how many pages each book had when the author read what they put right.

    What only adds to a book depends on nothing.
    """
    if draft.about is None or draft.about.how not in PUTS_RIGHT:
        return {}
    read = dict(draft.about.others)
    return {draft.book: draft.about.pages} | {
        one.id: read[one.id] for one in books if one.id in read
    }


def gaps(draft: OpenDraft, book: SeenBook, *, at: datetime) -> Iterator[Missing]:
    """Name what is wrong with whom the draft says it is about."""
    books = books_of(draft, book, at=at)
    if not {ChildId(one.id) for one in books} >= set(draft.content.also_about):
        yield Missing(
            PICK,
            "Take out the child who does not live here now, or whose book you may not write in.",
            "P63",
        )
    written = [one for one in draft.content.statements if not one.is_blank]
    for place, one in enumerate(draft.content.statements, start=1):
        if not one.is_blank and not any(is_about(one, each.id) for each in books):
            yield Missing(
                f"statements-{place}-about",
                "Say which child this is about: the one it was marked with is not picked above.",
                "P40",
            )
    if len(books) == 1:
        return
    for each in books:
        if written and not any(is_about(one, each.id) for one in written):
            yield Missing(
                PICK,
                f"Nothing here is about {each.title}. Say what is, or take the name out.",
                "P40",
            )


def as_sealed(content: Content, books: Sequence[SeenBook], *, at: datetime) -> Content:
    """Return tidied content with whom each part is about, as it is sealed.

    A statement about all of the children says nothing of it. Who was there is marked as the child
    of the home it is, so that the name can be left out where it does not belong (P40): 2 queries,
    if it may be one.
    """
    ids = [ChildId(one.id) for one in books]
    return replace(
        content,
        also_about=(),
        statements=tuple(_about(one, ids) for one in content.statements),
        present=_children_found(content.present, books[0], at=at),
    )


def _about(statement: StatementContent, ids: Sequence[ChildId]) -> StatementContent:
    about = tuple(one for one in ids if one in statement.about)
    return replace(statement, about=() if len(about) == len(ids) else about)


def _children_found(
    present: tuple[Person, ...], book: SeenBook, *, at: datetime
) -> tuple[Person, ...]:
    if not any(one.role in _ROLES_OF_CHILDREN for one in present):
        return present
    names = [(one.called.casefold(), one.id) for one in children_at([book.home], at=at)]
    return tuple(
        replace(one, child=found[0])
        if len(found := [key for name, key in names if name == one.name.casefold()]) == 1
        and one.role in _ROLES_OF_CHILDREN
        else one
        for one in present
    )


_ROLES_OF_CHILDREN: Final = frozenset({"", LIVES_HERE_TOO})
