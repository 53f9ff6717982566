"""Links between entries, both ways (P02, P07)."""

from casebound.ledger.projecting.registry import Projection
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry
from casebound.record.book.entries import Entry
from casebound.record.book.models import Link


def entry_sealed(entry: ReadEntry, fact: Entry, rows: Rows) -> None:
    """Add a link for each earlier entry this one is about."""
    for number, reference in enumerate(fact.references):
        rows.add(
            Link,
            id=f"{entry.entry_id}-{number}",
            from_index=entry.index,
            from_entry=entry.entry_id,
            from_books=" ".join(sorted(entry.pages)),
            from_form=fact.form,
            to_index=reference.index,
            to_entry=reference.entry_id,
            how=reference.how.value,
        )


PROJECTION = Projection(version=2, tables=(Link,), on={Entry.kind: entry_sealed})
