"""What becomes of the duties of an entry that is struck or misfiled: somebody else agrees (P64).

Nobody confirms what was withdrawn. Any other duty of it stays due until somebody else agrees.
"""

from casebound.foundation.base.ids import EntryId, is_id
from casebound.ledger.projecting.kinds import Withdrawal
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry, entry_of
from casebound.people.duties.entries import (
    WHOLE,
    Ended,
    Subject,
    SubjectKind,
    close_about,
    end_duties,
    move_duty,
    open_duty,
)
from casebound.people.duties.reads import duties_as_projected
from casebound.record.book.entries import Entry, Reference, is_about, is_written
from casebound.record.book.rules import ids_named
from casebound.record.followups.duties import AGREE, ORIGINATOR, kind_of
from casebound.record.followups.ending import open_about
from casebound.record.followups.standing import to_agree
from casebound.rulebook.catalogue.content import StatementContent


def ask_no_more(entry: ReadEntry, fact: Entry, rows: Rows) -> None:
    """End the questions to those who told what is withdrawn.

    A statement that still stands in another child's book is asked about there.
    """
    for withdrawal in fact.withdraws(entry):
        for duty in open_about(ORIGINATOR, withdrawal.leaf, rows):
            if duty.book != withdrawal.book:
                continue
            leaf, subject = withdrawal.leaf, duty.subject
            elsewhere = _stands_elsewhere(withdrawal, subject)
            if elsewhere is None:
                how = Ended(withdrawal.status)
                close_about(rows, duty.key, about=leaf, by=entry, subject=subject, how=how)
            else:
                book, number = elsewhere
                move_duty(rows, duty.key, about=leaf, subject=subject, book=book, number=number)


def _stands_elsewhere(withdrawal: Withdrawal, subject: Subject) -> tuple[str, int] | None:
    """Return another book that shows the statement, and the page of its entry there."""
    withdrawn = entry_of(withdrawal.entry_id)
    if withdrawn is None or not is_written(withdrawn):
        return None
    statements = Entry.read(withdrawn).content.statements
    told = statements[int(subject.id) - 1] if subject != WHOLE else StatementContent()
    return next(
        (
            (book, number)
            for book, number in withdrawn.pages.items()
            if book not in withdrawal.by.pages and is_about(told, book)
        ),
        None,
    )


def ask_to_agree(entry: ReadEntry, fact: Entry, rows: Rows) -> None:
    """Open the duty to agree: a strike asks for it, or what is struck still asks for something."""
    for reference in to_agree(fact):
        for book in entry.pages:
            asks = reference.relation.proposes is not None
            if not asks and not _asks_still(reference.index, book, rows):
                continue
            open_duty(
                rows,
                kind_of(AGREE),
                about=entry,
                book=book,
                home=fact.home_id,
                managers=True,
                barred=(entry.signed_by, *_named_in(reference.entry_id)),
                subject=Subject(SubjectKind.CHILD, book) if len(entry.pages) > 1 else WHOLE,
                since=entry.signed_at,
                due=AGREE.due(entry.signed_at),
            )


def _asks_still(leaf: int, book: str, rows: Rows) -> bool:
    duties = duties_as_projected(leaf, rows)
    return any(duty.book == book and duty.ended is None for duty in duties)


def _named_in(entry_id: EntryId) -> list[str]:
    withdrawn = entry_of(entry_id)
    if withdrawn is None or not is_written(withdrawn):
        return []
    return sorted(worker for worker in ids_named(Entry.read(withdrawn)) if is_id(worker))


def end_if_agreed(entry: ReadEntry, fact: Entry, followed: Reference, rows: Rows) -> None:
    """End the duties of a withdrawn entry, once somebody agreed that withdrawing it was right.

    The agreement withdraws it itself, if it was only asked for.
    """
    if not any(end.holds(fact.form, fact.answers) for end in AGREE.ends):
        return
    withdrawing = entry_of(followed.entry_id)
    if withdrawing is None or not is_written(withdrawing):
        return
    asked = Entry.read(withdrawing).withdraws(withdrawing)
    for withdrawal in (*asked, *fact.withdraws(entry)):
        if withdrawal.book in entry.pages:
            how = Ended(withdrawal.status)
            end_duties(rows, about=withdrawal.leaf, book=withdrawal.book, by=entry, how=how)
