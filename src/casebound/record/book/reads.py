"""Which entries are about which, as a later room's projection asks while the log is followed."""

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
