"""What a handover leads to: entries of the home's children, named by their places (P61).

The home's book may outlive a child's, so no word about a child is written into it. A handover
refers to entries in the children's books, by id; whoever may read those books reads them there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from casebound.foundation.base.times import in_words
from casebound.ledger.sealing.reads import ReadEntry, entry_of
from casebound.people.access.reads import SeenBook, seen_among
from casebound.record.book.entries import Entry, How, Reference, is_written
from casebound.rulebook.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from casebound.foundation.base.ids import EntryId
    from casebound.record.drafting.reads import OpenDraft

AT_MOST: Final = 60


@dataclass(frozen=True, slots=True)
class Handed:
    """An entry that is handed over: on which form, when, and where it stands."""

    entry: EntryId
    title: str
    when: str
    places: tuple[tuple[SeenBook, int], ...]


def handed_over(draft: OpenDraft, home: SeenBook, *, at: datetime) -> list[Handed]:
    """Return what a draft in a home's book hands over, at most 60. 2 queries each."""
    return [
        Handed(entry.entry_id, _title(entry), in_words(Entry.read(entry).happened_from), places)
        for entry, places in _found(draft, home, at=at)
    ]


def references(draft: OpenDraft, home: SeenBook, *, at: datetime) -> tuple[Reference, ...]:
    """Return what the sealed handover refers to: nothing its author may not read (P63)."""
    return tuple(
        Reference(How.HANDS_OVER, entry.entry_id, entry.index)
        for entry, _ in _found(draft, home, at=at)
    )


def _found(
    draft: OpenDraft, home: SeenBook, *, at: datetime
) -> Iterator[tuple[ReadEntry, tuple[tuple[SeenBook, int], ...]]]:
    if home.child is not None:
        return
    for one in draft.content.hands_over[:AT_MOST]:
        entry = entry_of(one)
        if entry is None or not is_written(entry):
            continue
        books = seen_among(home.worker, entry.pages, at=at)
        places = tuple(
            (book, entry.pages[key]) for key, book in books.items() if book.home == home.home
        )
        if places:
            yield entry, places


def _title(entry: ReadEntry) -> str:
    fact = Entry.read(entry)
    return catalogue.form(fact.form, fact.form_version).title
