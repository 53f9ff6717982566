"""What an entry ends, by the table of clocks."""

from datetime import datetime

from casebound.foundation.base.ids import BookId
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry, entry_of
from casebound.people.duties.entries import (
    WHOLE,
    Ended,
    Subject,
    SubjectKind,
    close_about,
    close_following,
    close_in_book,
)
from casebound.people.duties.reads import DutySeen, duties_as_projected
from casebound.record.book.asked import has_view
from casebound.record.book.entries import Entry, Reference, is_written
from casebound.record.book.relations import CORRECTION
from casebound.record.followups.relations import CONFIRMS, DISPUTES
from casebound.record.followups.rules import done_when
from casebound.record.followups.told import asked_in
from casebound.rulebook.clocks.clocks import ended_by
from casebound.rulebook.clocks.shape import AssignedTo, Clock, End, Within


def end_duties_of(
    entry: ReadEntry, fact: Entry, followed: Reference | None, root: int | None, rows: Rows
) -> None:
    """End the duties that an entry ends, in its books, its chain or the question to one person."""
    for clock, end in ended_by(fact.form, fact.answers, at=entry.signed_at):
        done_at = _done_at(end, entry, fact)
        if clock.within is Within.BOOK:
            subject = apart(clock, fact) if end.form in _starting_forms(clock) else WHOLE
            for book in entry.pages:
                close_in_book(
                    rows, clock.key, book=book, by=entry, subject=subject, done_at=done_at,
                    early=clock.early,
                )  # fmt: skip
        elif end.by_originator:
            _confirmed(entry, fact, clock, rows)
        elif end.view:
            _view_added(entry, fact, clock, rows)
        elif clock.assigned_to is AssignedTo.ORIGINATOR and followed is not None:
            close_about(
                rows, clock.key, about=followed.index, by=entry, subject=followed.subject,
                how=Ended.UNASKED,
            )  # fmt: skip
        elif followed is not None and root is not None:
            _end_in_chain(
                clock, end, followed.subject, root=root, by=entry, rows=rows, done_at=done_at
            )


def _end_in_chain(
    clock: Clock,
    end: End,
    begun_for: Subject,
    *,
    root: int,
    by: ReadEntry,
    rows: Rows,
    done_at: datetime,
) -> None:
    """End the duties of a clock in a chain of entries.

    Where one form ends several clocks, the follow-up names the one it was begun for. That does not
    count where its answers say which clocks it ends, or where it ends them all.
    """
    if end.named:
        if begun_for.kind is SubjectKind.ACTION:
            close_following(rows, clock.key, root=root, by=by, subject=begun_for, done_at=done_at)
        return
    told_by_answers = end.every or (end.when is not None and begun_for.kind in _NAMES_A_DUTY)
    if begun_for.kind is not SubjectKind.CLOCK and not told_by_answers:
        how = Ended.UNASKED if end.unasked else Ended.DONE
        close_following(
            rows, clock.key, root=root, by=by, subject=begun_for, how=how, done_at=done_at
        )
    elif told_by_answers or begun_for.id == clock.key:
        close_following(rows, clock.key, root=root, by=by, done_at=done_at)


_NAMES_A_DUTY = frozenset({SubjectKind.CLOCK, SubjectKind.ACTION})


def _done_at(end: End, entry: ReadEntry, fact: Entry) -> datetime:
    return done_when(
        end,
        happened_from=fact.happened_from,
        happened_to=fact.happened_to,
        signed_at=entry.signed_at,
        answers=fact.answers,
    )


def apart(clock: Clock, fact: Entry) -> Subject:
    """Return what keeps this duty apart from others of its clock in a book: a kind of meeting."""
    answer = fact.answers.get(clock.apart) if clock.apart else None
    return Subject(SubjectKind.KIND, answer) if isinstance(answer, str) else WHOLE


def _starting_forms(clock: Clock) -> set[str]:
    return {form for start in clock.starts for form in start.forms}


def _confirmed(entry: ReadEntry, fact: Entry, clock: Clock, rows: Rows) -> None:
    """End what the signer was asked, if they told what they confirm, dispute or correct."""
    for reference in fact.references:
        how = _ANSWERED.get(reference.relation)
        told = entry_of(reference.entry_id) if how else None
        if how is None or told is None or not is_written(told):
            continue
        for asked in asked_in(Entry.read(told).content):
            if asked.worker == entry.signed_by and reference.subject in {WHOLE, asked.subject}:
                close_about(
                    rows, clock.key, about=reference.index, by=entry, subject=asked.subject,
                    assigned_to=asked.worker, how=how,
                )  # fmt: skip


_ANSWERED = {CONFIRMS: Ended.DONE, DISPUTES: Ended.DISPUTED, CORRECTION: Ended.CORRECTED}


def _view_added(entry: ReadEntry, fact: Entry, clock: Clock, rows: Rows) -> None:
    """End the wait for a child's view that is added to the entry, in the book of each child."""
    for reference in fact.references:
        if not reference.relation.puts_right:
            continue
        for duty in open_about(clock, reference.index, rows):
            if duty.book in entry.pages and has_view(fact, BookId(duty.book)):
                close_about(rows, clock.key, about=reference.index, by=entry, subject=duty.subject)


def open_about(clock: Clock, leaf: int, rows: Rows) -> list[DutySeen]:
    """Return the open duties of a clock about one entry."""
    duties = duties_as_projected(leaf, rows)
    return [duty for duty in duties if duty.key == clock.key and duty.ended is None]
