"""Links between entries, both ways (P02, P07), and which entries no longer stand."""

from casebound.ledger.projecting.kinds import Withdrawal
from casebound.ledger.projecting.registry import Projection
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.restricted.entries import families_of, name_workers, restrict
from casebound.record.book.asked import asked_in
from casebound.record.book.entries import Entry
from casebound.record.book.models import EntryStatus, Link, NamedChild, NameInBook, ViewAsked
from casebound.record.book.names import names_in
from casebound.record.book.naming import books_led_to, children_named
from casebound.record.book.relations import Status
from casebound.record.book.rules import is_of_managers, parties_of, workers_named
from casebound.record.book.separating import in_book
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.catalogue import FORMS
from casebound.rulebook.catalogue.registers import is_for_managers


def entry_sealed(entry: ReadEntry, fact: Entry, rows: Rows) -> None:
    """Add its links to other entries, its children and names, and if the child was asked."""
    is_for_all = not _restrict(entry, fact, rows)
    for child in dict.fromkeys([*children_named(fact), *books_led_to(fact)]):
        rows.add(NamedChild, child_id=child, leaf=entry.index, entry_id=entry.entry_id)
    for book in entry.pages:
        for number, name in enumerate(names_in(in_book(fact, book)) if is_for_all else ()):
            rows.add(
                NameInBook,
                id=f"{entry.entry_id}-{book}-{number}",
                book_id=book,
                leaf=entry.index,
                kind=name.kind.value,
                words=name.words,
                role=name.role,
            )
    for book in entry.pages:
        if says := asked_in(fact, book):
            rows.add(
                ViewAsked,
                book_id=book,
                leaf=entry.index,
                happened_at=fact.happened_from,
                says=says,
            )
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


def _restrict(entry: ReadEntry, fact: Entry, rows: Rows) -> bool:
    """Add which workers an entry names; restrict it, if it is for managers or tells of such a one.

    Say whether it is restricted.
    """
    name_workers(rows, entry, workers_named(fact))
    about = (reference.index for reference in fact.references if reference.relation.of_same_matter)
    families = families_of(rows, about)
    if not families and not is_for_managers(catalogue.form(fact.form, fact.form_version)):
        return False
    of_managers = is_of_managers(fact, at=entry.signed_at, rows=rows)
    restrict(rows, entry, families=families, parties=parties_of(fact), of_managers=of_managers)
    return True


def withdraw(withdrawal: Withdrawal, rows: Rows) -> None:
    """Set the status of an entry in a book. An entry in the wrong book stays barred there.

    Its names are offered no longer, and what it says of the child's view does not count.
    """
    rows.remove(NameInBook, book_id=withdrawal.book, leaf=withdrawal.leaf)
    rows.remove(ViewAsked, book_id=withdrawal.book, leaf=withdrawal.leaf)
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
    version=9,
    tables=(Link, NamedChild, NameInBook, EntryStatus, ViewAsked),
    on={Entry.kind: entry_sealed},
    reads_rows_of=("homes",),
    writes_rows_of=("restricted",),
    withdraw=withdraw,
    shows_withdrawn="links stay, so that a struck entry still leads to what it is about",
    depends_on_files=(FORMS,),
)
