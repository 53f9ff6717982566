"""Notes and their duties, worked out from the entries (P02, P43)."""

from typing import Final

from casebound.foundation.base.ids import BookId
from casebound.ledger.projecting.kinds import Withdrawal
from casebound.ledger.projecting.registry import Projection
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.duties.entries import close_duty, open_duty
from casebound.record.book.entries import Entry
from casebound.record.notes.duties import TAKEN_FOR_A_FORM, WRITE_UP, write_up_by
from casebound.record.notes.models import Note
from casebound.record.notes.relations import DREW_ON

NOTE_FORM: Final = "note"


def entry_sealed(entry: ReadEntry, fact: Entry, rows: Rows) -> None:
    """Add a note, or close the duty of each note that the entry was written from."""
    if fact.form == NOTE_FORM:
        _add_note(entry, fact, rows)
        return
    for reference in fact.references:
        if reference.relation is DREW_ON:
            close_duty(rows, WRITE_UP, about=reference.index, by=entry)


def _add_note(entry: ReadEntry, fact: Entry, rows: Rows) -> None:
    """Add the note, and the duty to write it up if it was taken for a form."""
    book, number = next(iter(entry.pages.items()))
    rows.add(
        Note,
        leaf=entry.index,
        entry_id=entry.entry_id,
        book_id=book,
        number=number,
        author_id=fact.author.id,
        home_id=fact.home_id,
        happened_at=fact.happened_from,
    )
    if fact.answers.get("taken_during") in TAKEN_FOR_A_FORM:
        _open_duty(entry, fact, book, rows)


def _open_duty(entry: ReadEntry, fact: Entry, book: BookId, rows: Rows) -> None:
    open_duty(
        rows,
        WRITE_UP,
        about=entry,
        book=book,
        home=fact.home_id,
        assigned_to=fact.author.id,
        since=fact.happened_from,
        due=write_up_by(fact.happened_to or fact.happened_from),
    )


def withdraw(withdrawal: Withdrawal, rows: Rows) -> None:
    """Remove a withdrawn note: no entry can be written from it."""
    rows.remove(Note, leaf=withdrawal.leaf, book_id=withdrawal.book)


PROJECTION = Projection(
    version=2,
    tables=(Note,),
    on={Entry.kind: entry_sealed},
    withdraw=withdraw,
    writes_rows_of=("duties",),
)
