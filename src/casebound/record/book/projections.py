"""Links between entries, both ways (P02, P07), and which entries no longer stand."""

from collections.abc import Iterable

from casebound.foundation.base.calendar import day_of
from casebound.foundation.base.ids import BookId, HomeId
from casebound.ledger.projecting.damaged import is_unread_as_projected
from casebound.ledger.projecting.entries import Damaged
from casebound.ledger.projecting.kinds import Withdrawal
from casebound.ledger.projecting.registry import Projection
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry
from casebound.ledger.sealing.registers import register_id
from casebound.people.homes.reads import home_ids_as_projected
from casebound.people.restricted.entries import (
    Readers,
    families_of,
    has_restricted,
    is_restricted,
    name_workers,
    readers_of,
    restrict,
)
from casebound.people.restricted.holding import kept_as_projected
from casebound.people.restricted.parts import note_kind
from casebound.record.book.asked import asked_in
from casebound.record.book.entries import Entry, is_written
from casebound.record.book.holding import for_all_staff, hold_marked, is_for_those_who_need_to_know
from casebound.record.book.models import EntryStatus, Link, NamedChild, NameInBook, ViewAsked
from casebound.record.book.names import names_in
from casebound.record.book.naming import books_led_to, children_named
from casebound.record.book.relations import Status
from casebound.record.book.rules import is_of_managers, parties_of, workers_named
from casebound.record.book.separating import in_book
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.catalogue import FORMS
from casebound.rulebook.catalogue.registers import REGISTERS, is_for_managers


def entry_sealed(entry: ReadEntry, fact: Entry, rows: Rows) -> None:
    """Add its links to other entries, its children and names, and if the child was asked."""
    is_for_all = not _restrict(entry, fact, rows)
    hold_marked(entry, fact, rows)
    note_kind(
        rows,
        entry,
        form=fact.form,
        registers=(register.name for register in fact.registers),
        on=day_of(fact.happened_from),
    )
    for child in dict.fromkeys([*children_named(fact), *books_led_to(fact)]):
        rows.add(NamedChild, child_id=child, leaf=entry.index, entry_id=entry.entry_id)
    if is_for_all:
        _add_names(entry, for_all_staff(fact), entry.pages, rows)
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


def _add_names(entry: ReadEntry, fact: Entry, books: Iterable[BookId], rows: Rows) -> None:
    for book in books:
        for number, name in enumerate(names_in(in_book(fact, book))):
            rows.add(
                NameInBook,
                id=f"{entry.entry_id}-{book}-{number}",
                book_id=book,
                leaf=entry.index,
                kind=name.kind.value,
                words=name.words,
                role=name.role,
            )


def redraw(earlier: ReadEntry, _: ReadEntry, rows: Rows) -> None:
    """Offer the names of an entry that all staff read now, and no others."""
    if not is_written(earlier):
        return
    rows.remove(NameInBook, leaf=earlier.index)
    if is_restricted(rows, earlier.index):
        return
    fact = Entry.read(earlier)
    for book in earlier.pages:
        if not rows.find(EntryStatus, book_id=book, leaf=earlier.index):
            kept = kept_as_projected(rows, earlier.index, book=book)
            _add_names(earlier, for_all_staff(fact, kept), [book], rows)


def damaged(entry: ReadEntry, _: Damaged, rows: Rows) -> None:
    """Restrict a damaged entry that a register for managers numbers: nothing else says what it is.

    Nobody can read who it is about, so it may be about the managers themselves.
    """
    for_managers = {
        register_id(HomeId(home), register.value)
        for home in home_ids_as_projected(rows)
        for register, kind in REGISTERS.items()
        if kind.managers_only
    }
    if not for_managers.isdisjoint(entry.registers):
        restrict(rows, entry, families=(), parties=(), of_managers=True)


def _damaged_matters(fact: Entry, entry: ReadEntry, rows: Rows) -> set[int]:
    """Return the damaged entries that this one tells more of, if they may have been restricted.

    A damaged entry does not say whether it told of an entry for managers. In a book without any
    such entry it did not.
    """
    about = {reference.index for reference in fact.references if reference.relation.of_same_matter}
    unread = {leaf for leaf in about if is_unread_as_projected(leaf, rows)}
    if unread and any(has_restricted(rows, book) for book in entry.pages):
        return unread
    return set()


def _restrict(entry: ReadEntry, fact: Entry, rows: Rows) -> bool:
    """Add which workers an entry names; restrict it, if it is for managers or tells of such a one.

    Say whether it is restricted.
    """
    name_workers(rows, entry, workers_named(fact))
    about = (reference.index for reference in fact.references if reference.relation.of_same_matter)
    families = families_of(rows, about) or _damaged_matters(fact, entry, rows)
    for_managers = is_for_managers(catalogue.form(fact.form, fact.form_version))
    if not families and not for_managers:
        return is_for_those_who_need_to_know(fact)
    of_managers = is_of_managers(fact, at=entry.signed_at, rows=rows)
    matters: list[tuple[tuple[int, ...], Readers]] = [
        ((family,), Readers.MANAGERS if for_managers else readers_of(rows, family))
        for family in sorted(families)
    ]
    for matter, readers in matters or [((), Readers.MANAGERS)]:
        restrict(
            rows,
            entry,
            families=matter,
            parties=parties_of(fact),
            of_managers=of_managers,
            readers=readers,
        )
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
    version=11,
    tables=(Link, NamedChild, NameInBook, EntryStatus, ViewAsked),
    on={Entry.kind: entry_sealed, Damaged.kind: damaged},
    reads_rows_of=("homes", "projecting"),
    writes_rows_of=("restricted",),
    withdraw=withdraw,
    redraw=redraw,
    shows_withdrawn="links stay, so that a struck entry still leads to what it is about",
    depends_on_files=(FORMS,),
)
