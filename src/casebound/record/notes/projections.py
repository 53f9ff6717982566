"""Notes, and the duty each makes: to be written up within 24 hours (P02, P43)."""

from casebound.ledger.projecting.kinds import Withdrawal
from casebound.ledger.projecting.registry import Projection
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.duties.entries import close_duty, open_duty
from casebound.record.book.entries import Entry
from casebound.record.notes.duties import FEEDS_A_FORM, WRITE_UP, write_up_by
from casebound.record.notes.models import Note
from casebound.record.notes.relations import DREW_ON

FORM = "note"


def entry_sealed(entry: ReadEntry, fact: Entry, rows: Rows) -> None:
    """Add a note and its duty; or do the duty of each note this entry drew on."""
    if fact.form == FORM:
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
        if fact.answers.get("taken_during") not in FEEDS_A_FORM:
            return
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
        return
    for reference in fact.references:
        if reference.relation is DREW_ON:
            close_duty(rows, WRITE_UP, about=reference.index, by=entry)


def withdraw(withdrawal: Withdrawal, rows: Rows) -> None:
    """Take a withdrawn note away: no entry is written from it."""
    rows.remove(Note, leaf=withdrawal.leaf, book_id=withdrawal.book)


PROJECTION = Projection(
    version=2,
    tables=(Note,),
    on={Entry.kind: entry_sealed},
    withdraw=withdraw,
    writes_rows_of=("duties",),
)
