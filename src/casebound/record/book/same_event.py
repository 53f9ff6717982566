"""Which entries tell of one event, as the entries themselves say (P02, P49).

An entry says that it tells of the same event as an earlier one (`SAME_EVENT`). Or a later entry
says it of two others (`JOINS`). Both are references that are sealed. What one book shows follows
from what is sealed in that book, so that it betrays nothing of another child's book (P40).
"""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from casebound.foundation.base.ids import BookId, EntryId
from casebound.ledger.projecting.rows import Rows
from casebound.record.book.models import EntryStatus, Link
from casebound.record.book.relations import JOINS, SAME_EVENT

AT_MOST: Final = 20  # entries of one event
_KEYS: Final = (SAME_EVENT.key, JOINS.key)


@dataclass(frozen=True, slots=True)
class OfEvent:
    """Another entry of the same event: its leaf, and the entry that says so if a third one does."""

    leaf: int
    entry: EntryId
    said_in: EntryId | None


def of_same_event_as_projected(leaf: int, book: BookId, rows: Rows) -> list[OfEvent]:
    """Return the other entries of an event, as a book says, for a later room's projection.

    2 queries for each entry of the event, and 1 for each that joins two.
    """

    def touching(leaf: int) -> list[Link]:
        links = [
            *rows.find(Link, from_index=leaf, book_id=book),
            *rows.find(Link, to_index=leaf, book_id=book),
        ]
        return [link for link in links if link.relation in _KEYS and _stands(link, rows)]

    return _event(leaf, touching)


def _stands(link: Link, rows: Rows) -> bool:
    """Say whether a link counts. An entry that joins two others says nothing else."""
    if link.relation != JOINS.key:
        return True
    return not rows.find(EntryStatus, book_id=link.book_id, leaf=link.from_index)


def is_told_elsewhere(leaf: int, rows: Rows) -> bool:
    """Say whether a later entry says that it tells of the same event. 1 query."""
    return any(link.relation in _KEYS for link in rows.find(Link, to_index=leaf))


Readable = Callable[[set[BookId]], Container[BookId]]
"""Says which of some books the worker who asks may read."""


def of_same_event(leaf: int, *, readable: Readable) -> list[OfEvent]:
    """Return the other entries of an event, as the books say that a worker may read.

    1 query for each entry, and 1 for each that joins two; and what `readable` asks.
    """

    def touching(leaf: int) -> list[Link]:
        either = Q(from_index=leaf) | Q(to_index=leaf)
        links = list(Link.objects.filter(either, relation__in=_KEYS).order_by("id"))
        read = readable({BookId(link.book_id) for link in links}) if links else ()
        joins = {link.from_index for link in links if link.relation == JOINS.key}
        struck = EntryStatus.objects.filter(leaf__in=joins).values_list("book_id", "leaf")
        withdrawn = set(struck) if joins else set()
        return [
            link
            for link in links
            if BookId(link.book_id) in read and (link.book_id, link.from_index) not in withdrawn
        ]

    return _event(leaf, touching)


def _event(first: int, touching: Callable[[int], Sequence[Link]]) -> list[OfEvent]:
    """Walk from an entry to all of its event, over the entries that join two of them."""
    of_event: dict[int, OfEvent] = {}
    waiting: list[tuple[int, EntryId | None]] = [(first, None)]
    seen = {first}
    while waiting and len(of_event) < AT_MOST:
        leaf, joined_by = waiting.pop(0)
        for link in touching(leaf):
            onward = link.from_index == leaf
            other = link.to_index if onward else link.from_index
            if other in seen:
                continue
            seen.add(other)
            joins = link.relation == JOINS.key
            if joins and not onward:  # it goes on to what that entry joins
                waiting.append((other, EntryId(link.from_entry)))
                continue
            entry = EntryId(link.to_entry if onward else link.from_entry)
            of_event[other] = OfEvent(other, entry, joined_by if joins else None)
            waiting.append((other, None))
    return [of_event[leaf] for leaf in sorted(of_event)]
