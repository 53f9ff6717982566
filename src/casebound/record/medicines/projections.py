"""What the entries about medicines say, from the entries."""

import json
from datetime import datetime
from typing import Final

from casebound.foundation.base.times import LONDON, instant
from casebound.ledger.projecting.kinds import Withdrawal
from casebound.ledger.projecting.registry import Projection
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.duties.entries import DutyKind, SubjectKind, open_duty
from casebound.record.book.entries import Entry
from casebound.record.medicines.form_names import ALLERGY, PRESCRIPTION, READ
from casebound.record.medicines.models import MedicineEntry
from casebound.record.medicines.reads import said_in
from casebound.record.medicines.stock import stock_of
from casebound.record.medicines.values import due_near
from casebound.rulebook.catalogue.catalogue import FORMS
from casebound.rulebook.clocks.clocks import TABLE, clock

COUNT: Final = clock("medicine/count")
DIFFERENCE: Final = DutyKind(
    key=COUNT.key,
    what=COUNT.what,
    rule=COUNT.rule,
    form=COUNT.next_form,
    without_delay=COUNT.without_delay,
)
COUNTED: Final = frozenset({"left", "quantity"})  # answers by which an amount may be counted


def entry_sealed(entry: ReadEntry, fact: Entry, rows: Rows) -> None:
    """Keep what an entry says of medicines, in each of its books."""
    if fact.form not in READ:
        return
    about, root = _about(entry, fact, rows)
    for book, number in entry.pages.items():
        rows.add(
            MedicineEntry,
            id=f"{entry.entry_id}-{book}",
            leaf=entry.index,
            book_id=book,
            home_id=fact.home_id,
            number=number,
            form=fact.form,
            root=root,
            about=about,
            due_at=_due_at(fact),
            happened_at=fact.happened_from,
            author=fact.author.name,
            answers=json.dumps(fact.answers),
        )
        if root is not None and COUNTED & fact.answers.keys():
            _look_into_difference(entry, fact, book, root, rows)


def _look_into_difference(entry: ReadEntry, fact: Entry, book: str, root: int, rows: Rows) -> None:
    """Ask for the mistake to be recorded where a count differs from the balance of the entries."""
    about = [said_in(row) for row in rows.find(MedicineEntry, book_id=book, root=root)]
    if any(move.said.leaf == entry.index for move in stock_of(about).differences):
        open_duty(
            rows,
            DIFFERENCE,
            about=entry,
            book=book,
            home=fact.home_id,
            assigned_to=fact.author.id,
            managers=True,
            since=entry.signed_at,
            due=COUNT.due(entry.signed_at),
        )


def _about(entry: ReadEntry, fact: Entry, rows: Rows) -> tuple[int | None, int | None]:
    """Return the leaf of the entry it refers to, and of the first one of the same medicine."""
    if fact.form in {PRESCRIPTION, ALLERGY}:
        return None, entry.index
    for reference in fact.references:
        earlier = rows.find(MedicineEntry, leaf=reference.index)
        if earlier:
            return reference.index, earlier[0].root
    return None, None


def _due_at(fact: Entry) -> datetime | None:
    """Return which dose it is: the one it was begun for, unless its author gave another time."""
    clock = str(fact.answers.get("due_at") or "")
    for reference in fact.references:
        if reference.subject.kind is SubjectKind.DOSE:
            due = instant(reference.subject.id)
            if f"{due.astimezone(LONDON):%H:%M}" == clock:
                return due
    return due_near(clock, fact.happened_from)


def withdraw(withdrawal: Withdrawal, rows: Rows) -> None:
    """Take back what a withdrawn entry said: a dose, an amount, a prescription, an allergy."""
    rows.remove(MedicineEntry, leaf=withdrawal.leaf, book_id=withdrawal.book)


PROJECTION = Projection(
    version=2,
    tables=(MedicineEntry,),
    on={Entry.kind: entry_sealed},
    withdraw=withdraw,
    writes_rows_of=("duties",),
    depends_on_files=(FORMS, TABLE),
)
