"""The entries that a handover links, each in the book of a child of the home (P61).

The home's book may be kept longer than a child's book. So no word about a child is written into it.
A handover refers by id to entries in the children's books. Workers who may read those books read
the entries there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from casebound.foundation.base.ids import EntryId
from casebound.foundation.base.times import in_words
from casebound.ledger.sealing.reads import ReadEntry, entry_of
from casebound.people.access.reads import SeenBook
from casebound.people.restricted.reads import restricted_among
from casebound.record.book.entries import Entry, Reference, is_written
from casebound.record.drafting.places_read import Places, places_read
from casebound.record.drafting.relations import HANDS_OVER
from casebound.rulebook.catalogue import catalogue

AT_MOST: Final = 60


@dataclass(frozen=True, slots=True)
class HandedOver:
    """An entry that is handed over: its form, its time, and its books and numbers."""

    entry: EntryId
    index: int
    title: str
    when: str
    places: Places

    @property
    def reference(self) -> Reference:
        """How the sealed handover refers to it."""
        return Reference(HANDS_OVER, self.entry, self.index)


def handed_over(
    entries: Iterable[EntryId], home: SeenBook, *, at: datetime
) -> tuple[HandedOver, ...]:
    """Return what a draft in a home's book hands over, at most 60. 2 queries each, and 4.

    It holds only entries that its author may read (P63), and none that is for managers: everybody
    at the home reads a handover.
    """
    if home.child is not None:
        return ()
    found = (entry_of(entry) for entry in tuple(entries)[:AT_MOST])
    written = [entry for entry in found if entry is not None and is_written(entry)]
    restricted = restricted_among(entry.index for entry in written)
    read = places_read(written, home.worker, at=at)
    shown = []
    for entry in written:
        places = tuple(place for place in read[entry.index] if place[0].home == home.home)
        if places and entry.index not in restricted:
            shown.append(_shown(entry, places))
    return tuple(shown)


def _shown(entry: ReadEntry, places: Places) -> HandedOver:
    fact = Entry.read(entry)
    title = catalogue.form(fact.form, fact.form_version).title
    return HandedOver(entry.entry_id, entry.index, title, in_words(fact.happened_from), places)
