"""Which entries are about which, as a later room's projection asks while the log is followed."""

from collections.abc import Iterable
from dataclasses import dataclass

from casebound.foundation.base.ids import EntryId
from casebound.ledger.projecting.rows import Rows
from casebound.record.book.entries import How
from casebound.record.book.models import Link


@dataclass(frozen=True, slots=True)
class LinkSeen:
    """An entry that is about another: which, and how."""

    entry: EntryId
    how: How


def links_to(entry: EntryId, rows: Rows) -> list[LinkSeen]:
    """Return what is about an entry, in the order it was sealed. 1 query."""
    found = sorted(rows.find(Link, to_entry=entry), key=lambda one: int(one.from_index))
    return [LinkSeen(EntryId(one.from_entry), How(one.how)) for one in found]


def barred_from_view(entries: Iterable[EntryId]) -> set[EntryId]:
    """Return which of `entries` a later one told to be in the wrong book. 1 query."""
    found = Link.objects.filter(to_entry__in=list(entries), how=How.MISFILED.value)
    return {EntryId(entry) for entry in found.values_list("to_entry", flat=True)}
