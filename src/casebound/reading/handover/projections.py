"""Rows for the entries that the next shift should know of."""

from collections.abc import Collection, Mapping

from casebound.foundation.base.ids import BookId
from casebound.foundation.base.times import instant
from casebound.foundation.proof.canonical import Json
from casebound.ledger.projecting.kinds import Withdrawal
from casebound.ledger.projecting.registry import Projection
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.restricted.entries import is_restricted
from casebound.people.restricted.holding import kept_as_projected
from casebound.reading.handover.models import Handover, HandoverItem, UpcomingAppointment
from casebound.reading.handover.rules import HANDOVER, NEXT_AT, is_to_hand_over, words_for_next
from casebound.record.book.entries import Entry, is_written
from casebound.record.book.holding import for_all_staff
from casebound.record.book.reads import status_as_projected
from casebound.record.book.separating import in_book
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.catalogue import FORMS
from casebound.rulebook.catalogue.shape import BookKind


def entry_sealed(entry: ReadEntry, fact: Entry, rows: Rows) -> None:
    """Add the entry's rows, if the next shift should know of it."""
    if fact.form == HANDOVER:
        book, number = next(iter(entry.pages.items()))
        rows.add(
            Handover,
            leaf=entry.index,
            home_id=fact.home_id,
            book_id=book,
            number=number,
            signed_at=entry.signed_at,
            author=fact.author.name,
        )
    _hand_over(entry, for_all_staff(fact), entry.pages, rows)


def _hand_over(entry: ReadEntry, fact: Entry, books: Collection[BookId], rows: Rows) -> None:
    form = catalogue.form(fact.form, fact.form_version)
    if form.book is not BookKind.CHILD or is_restricted(rows, entry.index):
        return  # everybody at the home reads what is handed over
    for book, number in entry.pages.items():
        if book not in books:
            continue
        answers = in_book(fact, BookId(book)).answers
        if is_to_hand_over(form, answers):
            rows.add(
                HandoverItem,
                id=f"{entry.index}-{book}",
                leaf=entry.index,
                entry_id=entry.entry_id,
                book_id=book,
                number=number,
                home_id=fact.home_id,
                form=form.title,
                happened_at=fact.happened_from,
                signed_at=entry.signed_at,
                words=words_for_next(answers),
            )
        if coming := _coming(answers):
            rows.add(
                UpcomingAppointment,
                id=f"{entry.index}-{book}",
                leaf=entry.index,
                book_id=book,
                number=number,
                home_id=fact.home_id,
                at=instant(coming),
            )


def redraw(earlier: ReadEntry, _: ReadEntry, rows: Rows) -> None:
    """Hand over what all staff read of an entry now."""
    if not is_written(earlier):
        return
    for book in earlier.pages:
        where = {"leaf": earlier.index, "book_id": book}
        for table in (HandoverItem, UpcomingAppointment):
            rows.remove(table, **where)
        if status_as_projected(earlier.index, book, rows) is None:
            kept = kept_as_projected(rows, earlier.index, book=book)
            _hand_over(earlier, for_all_staff(Entry.read(earlier), kept), [book], rows)


def withdraw(withdrawal: Withdrawal, rows: Rows) -> None:
    """Remove the rows of a withdrawn entry. A withdrawn handover no longer counts."""
    for table in (HandoverItem, UpcomingAppointment, Handover):
        rows.remove(table, leaf=withdrawal.leaf, book_id=withdrawal.book)


def _coming(answers: Mapping[str, Json]) -> str:
    answer = answers.get(NEXT_AT)
    return answer if isinstance(answer, str) and "T" in answer else ""


PROJECTION = Projection(
    version=5,
    tables=(HandoverItem, UpcomingAppointment, Handover),
    on={Entry.kind: entry_sealed},
    withdraw=withdraw,
    redraw=redraw,
    reads_rows_of=("book", "restricted"),
    depends_on_files=(FORMS,),
)
