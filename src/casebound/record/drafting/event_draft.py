"""The other entries of the same event that a draft refers to (P02, P49).

A draft lists them by id. Each is linked only if its author may read it when they sign. An entry
that is for managers is named only to those who may read it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from casebound.foundation.base.ids import EntryId, WorkerId
from casebound.foundation.base.times import in_words
from casebound.ledger.sealing.reads import ReadEntry, entry_of
from casebound.people.access.reads import SeenBook, seen_among
from casebound.record.book.entries import Entry, is_written
from casebound.record.book.reads import is_open_to, may_read_words, status_of
from casebound.rulebook.catalogue import catalogue

AT_MOST: Final = 20


@dataclass(frozen=True, slots=True)
class EventEntry:
    """Another entry of the event: what it is, and its numbers in the books this worker may read."""

    entry: EntryId
    index: int
    title: str
    when: str
    places: tuple[tuple[SeenBook, int], ...]
    fact: Entry


def of_event(
    entries: Iterable[EntryId], worker: WorkerId, *, at: datetime
) -> tuple[EventEntry, ...]:
    """Return those of `entries` that a worker may read, at most 20. 3 queries each."""
    read = (entry_of(entry) for entry in tuple(entries)[:AT_MOST])
    shown = (_shown(entry, worker, at=at) for entry in read if entry is not None)
    return tuple(entry for entry in shown if entry is not None)


def _shown(entry: ReadEntry, worker: WorkerId, *, at: datetime) -> EventEntry | None:
    if not is_written(entry):
        return None
    fact = Entry.read(entry)
    books = seen_among(worker, entry.pages, at=at)
    places = tuple(
        (book, entry.pages[key])
        for key, book in books.items()
        if is_open_to(book, entry.index)
        and may_read_words(status_of(entry.entry_id, book=key), book)
    )
    if not places:
        return None
    title = catalogue.form(fact.form, fact.form_version).title
    when = in_words(fact.happened_from)
    return EventEntry(entry.entry_id, entry.index, title, when, places, fact)
