"""The other entries of the same event that a draft refers to (P02, P49).

A draft lists them by id. Each is linked only if its author may read it when they sign. An entry
that may be about a colleague is named only to those who answer for the book and
are not named in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from casebound.foundation.base.ids import EntryId, WorkerId
from casebound.foundation.base.times import in_words
from casebound.ledger.sealing.reads import ReadEntry, entry_of
from casebound.people.access.reads import SeenBook, seen_among
from casebound.people.rights.shape import Permission
from casebound.record.book.entries import Entry, is_written
from casebound.record.book.reads import may_read_words, status_of
from casebound.record.book.rules import ids_named
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.registers import is_for_managers

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
        if may_name(fact, book) and may_read_words(status_of(entry.entry_id, book=key), book)
    )
    if not places:
        return None
    title = catalogue.form(fact.form, fact.form_version).title
    when = in_words(fact.happened_from)
    return EventEntry(entry.entry_id, entry.index, title, when, places, fact)


def may_name(fact: Entry, book: SeenBook) -> bool:
    """Say whether another entry may point this worker to an entry of a book. No query."""
    if not is_for_managers(catalogue.form(fact.form, fact.form_version)):
        return True
    answers = book.may(Permission.ANSWER_FOR_BOOK) is not None
    return answers and book.worker not in ids_named(fact)
