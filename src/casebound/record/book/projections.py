"""Links between entries, both ways (P02, P07), and which entries no longer stand."""

from casebound.ledger.projecting.kinds import Withdrawal
from casebound.ledger.projecting.registry import Projection
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry
from casebound.record.book.entries import Entry
from casebound.record.book.models import EntryStatus, Link, NamedChild
from casebound.record.book.naming import books_led_to, children_named
from casebound.record.book.relations import Status


def entry_sealed(entry: ReadEntry, fact: Entry, rows: Rows) -> None:
    """Add a link for each earlier entry this one is about, and each child it names by id."""
    for child in dict.fromkeys([*children_named(fact), *books_led_to(fact)]):
        rows.add(NamedChild, child_id=child, leaf=entry.index, entry_id=entry.entry_id)
    for number, reference in enumerate(fact.references):
        for book in entry.pages:
            rows.add(
                Link,
                id=f"{entry.entry_id}-{number}-{book}",
                book_id=book,
                from_index=entry.index,
                from_entry=entry.entry_id,
                from_form=fact.form,
                to_index=reference.index,
                to_entry=reference.entry_id,
                relation=reference.relation.key,
            )


def withdraw(withdrawal: Withdrawal, rows: Rows) -> None:
    """Set the status of an entry in a book. An entry in the wrong book stays barred there."""
    key = {"book_id": withdrawal.book, "leaf": withdrawal.leaf}
    values = {
        "status": withdrawal.status,
        "reason": withdrawal.reason,
        "withdrawn_by": withdrawal.by.signed_by,
        "withdrawn_at": withdrawal.by.signed_at,
        "withdrawn_in": withdrawal.by.index,
    }
    before = rows.find(EntryStatus, **key)
    if not before:
        rows.add(EntryStatus, **key, entry_id=withdrawal.entry_id, **values)
    elif before[0].status != Status.MISFILED:
        rows.change(EntryStatus, key, **values)


PROJECTION = Projection(
    version=4,
    tables=(Link, NamedChild, EntryStatus),
    on={Entry.kind: entry_sealed},
    withdraw=withdraw,
    shows_withdrawn="links stay, so that a struck entry still leads to what it is about",
)
