"""Follow-ups, and the duties that entries open and end, by the table of clocks."""

from typing import Final

from casebound.ledger.projecting.kinds import Withdrawal
from casebound.ledger.projecting.registry import Projection
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.homes.entries import (
    BirthStated,
    ChildAdmitted,
    HomeOpened,
    PlacementBegun,
    PlacementEnded,
)
from casebound.record.book.entries import Entry, Reference
from casebound.record.book.separating import first_book
from casebound.record.followups.agreeing import ask_no_more, ask_to_agree, end_if_agreed
from casebound.record.followups.by_event import (
    birth_stated,
    child_came,
    home_opened,
    placement_ended,
)
from casebound.record.followups.ending import end_duties_of
from casebound.record.followups.models import FollowUp, LocalNumber
from casebound.record.followups.reads import root_as_projected
from casebound.record.followups.starting import set_numbers, start_duties_of
from casebound.rulebook.catalogue.catalogue import FORMS
from casebound.rulebook.clocks.clocks import TABLE

NUMBERS: Final = "concern_numbers"  # the form on which a home sets its own numbers


def entry_sealed(entry: ReadEntry, fact: Entry, rows: Rows) -> None:
    """Add a row for the entry it follows, end the duties it ends, and open those it starts."""
    followed = next(
        (reference for reference in fact.references if reference.relation.follows), None
    )
    root = root_as_projected(followed.index, rows) if followed else None
    if followed is not None and root is not None:
        _keep(entry, fact, followed, root, rows)
    if fact.form == NUMBERS:
        set_numbers(entry, fact, rows)
    end_duties_of(entry, fact, followed, root, rows)
    start_duties_of(entry, fact, root, rows)
    ask_no_more(entry, fact, rows)
    ask_to_agree(entry, fact, rows)
    if followed is not None:
        end_if_agreed(entry, fact, followed, rows)


def _keep(entry: ReadEntry, fact: Entry, followed: Reference, root: int, rows: Rows) -> None:
    rows.add(
        FollowUp,
        leaf=entry.index,
        about_index=followed.index,
        root_index=root,
        form=fact.form,
        subject_kind=followed.subject.kind.value,
        subject_id=followed.subject.id[:80],
        subject_name=followed.subject.name[:120],
        author_id=fact.author.id,
        book_id=first_book(entry, fact),
        number=entry.pages[first_book(entry, fact)],
        signed_at=entry.signed_at,
        withdrawn=False,
    )


def withdraw(withdrawal: Withdrawal, rows: Rows) -> None:
    """Mark a withdrawn follow-up, so that it no longer counts as written; forget its numbers."""
    rows.remove(LocalNumber, leaf=withdrawal.leaf)
    key = {"leaf": withdrawal.leaf, "book_id": withdrawal.book}
    rows.change(FollowUp, key, withdrawn=True)


PROJECTION = Projection(
    version=11,
    tables=(FollowUp, LocalNumber),
    on={
        Entry.kind: entry_sealed,
        HomeOpened.kind: home_opened,
        ChildAdmitted.kind: child_came,
        PlacementBegun.kind: child_came,
        PlacementEnded.kind: placement_ended,
        BirthStated.kind: birth_stated,
    },
    withdraw=withdraw,
    reads_rows_of=("homes", "restricted"),
    writes_rows_of=("duties",),
    depends_on_files=(FORMS, TABLE),
)
