"""Rows for who came and who went, from the entries."""

from casebound.foundation.base.times import instant
from casebound.ledger.projecting.kinds import Withdrawal
from casebound.ledger.projecting.registry import Projection
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.restricted.holding import kept_as_projected
from casebound.reading.in_house.models import Movement, RosterShift
from casebound.reading.in_house.rules import (
    BEGINS,
    ENDS_ALL,
    ENDS_FOLLOWED,
    OVER,
    ROSTER,
    MovementKind,
    shifts_in,
    words_of,
)
from casebound.record.book.entries import Entry, is_written
from casebound.record.book.holding import for_all_staff


def entry_sealed(entry: ReadEntry, fact: Entry, rows: Rows) -> None:
    """Begin or end what the entry tells of, as all staff read it."""
    fact = for_all_staff(fact)
    if fact.form in BEGINS:
        _begin(entry, fact, rows)
    if fact.form in ENDS_FOLLOWED:
        for reference in fact.references:
            if reference.relation.follows:
                for book in entry.pages:
                    still = {"leaf": reference.index, "book_id": book, "ended_by": None}
                    rows.change(Movement, still, ended_by=entry.index)
    if fact.form in ENDS_ALL:
        for book in entry.pages:
            rows.change(Movement, {"book_id": book, "ended_by": None}, ended_by=entry.index)
    if fact.form == ROSTER:
        _plan(entry, fact, rows)


def _begin(entry: ReadEntry, fact: Entry, rows: Rows) -> None:
    kind = BEGINS[fact.form]
    if OVER.get(fact.form, "") in fact.answers or (
        kind is MovementKind.VISITOR and fact.happened_to is not None
    ):
        return  # it was over when it was written
    back_by = fact.answers.get("back_by")
    for book, number in entry.pages.items():
        rows.add(
            Movement,
            id=f"{entry.index}-{book}",
            leaf=entry.index,
            book_id=book,
            number=number,
            home_id=fact.home_id,
            kind=kind.value,
            who=str(fact.answers.get("visitor", "")),
            words=words_of(fact.form, fact.answers),
            since=fact.happened_from,
            back_by=instant(back_by) if isinstance(back_by, str) else None,
            ended_by=None,
        )


def _plan(entry: ReadEntry, fact: Entry, rows: Rows) -> None:
    book = next(iter(entry.pages))
    for number, shift in enumerate(shifts_in(fact.answers)):
        rows.add(
            RosterShift,
            id=f"{entry.index}-{number}",
            leaf=entry.index,
            book_id=book,
            home_id=fact.home_id,
            who=shift.who,
            part=shift.part,
            begins_at=shift.begins,
            ends_at=shift.ends,
        )


def redraw(earlier: ReadEntry, _: ReadEntry, rows: Rows) -> None:
    """Show what all staff read of an entry now."""
    if not is_written(earlier):
        return
    fact = for_all_staff(Entry.read(earlier), kept_as_projected(rows, earlier.index))
    if fact.form in BEGINS:
        rows.change(
            Movement,
            {"leaf": earlier.index},
            who=str(fact.answers.get("visitor", "")),
            words=words_of(fact.form, fact.answers),
        )


def withdraw(withdrawal: Withdrawal, rows: Rows) -> None:
    """Take out what a withdrawn entry began; what it ended is open again."""
    rows.remove(Movement, leaf=withdrawal.leaf, book_id=withdrawal.book)
    rows.remove(RosterShift, leaf=withdrawal.leaf, book_id=withdrawal.book)
    ended = {"ended_by": withdrawal.leaf, "book_id": withdrawal.book}
    rows.change(Movement, ended, ended_by=None)


PROJECTION = Projection(
    version=2,
    tables=(Movement, RosterShift),
    on={Entry.kind: entry_sealed},
    withdraw=withdraw,
    redraw=redraw,
    reads_rows_of=("restricted",),
)
