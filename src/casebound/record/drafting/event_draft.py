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
from casebound.record.book.entries import Entry, is_written
from casebound.record.drafting.places_read import Places, places_read
from casebound.rulebook.catalogue import catalogue

AT_MOST: Final = 20


@dataclass(frozen=True, slots=True)
class EventEntry:
    """Another entry of the event: what it is, and its numbers in the books this worker may read."""

    entry: EntryId
    index: int
    title: str
    when: str
    places: Places
    fact: Entry


def of_event(
    entries: Iterable[EntryId], worker: WorkerId, *, at: datetime
) -> tuple[EventEntry, ...]:
    """Return those of `entries` that a worker may read, at most 20. 2 queries each, and 3."""
    found = (entry_of(entry) for entry in tuple(entries)[:AT_MOST])
    written = [entry for entry in found if entry is not None and is_written(entry)]
    read = places_read(written, worker, at=at)
    return tuple(_shown(entry, read[entry.index]) for entry in written if read[entry.index])


def _shown(entry: ReadEntry, places: Places) -> EventEntry:
    fact = Entry.read(entry)
    title = catalogue.form(fact.form, fact.form_version).title
    when = in_words(fact.happened_from)
    return EventEntry(entry.entry_id, entry.index, title, when, places, fact)
