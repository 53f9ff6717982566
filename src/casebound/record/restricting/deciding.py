"""Who decides in which books, and the last step: seal one entry, if nobody decided meanwhile."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from casebound.foundation.base.ids import BookId, WorkerId
from casebound.ledger.projecting.actions import catch_up, seal_and_project
from casebound.ledger.projecting.kinds import Kind
from casebound.ledger.sealing.actions import NewEntry, Sealed, StaleBookError
from casebound.ledger.sealing.once import Once
from casebound.ledger.sealing.reads import ReadEntry, book_pages
from casebound.people.access.reads import SeenBook, seen_among
from casebound.people.homes.actions.sealing import TRIES, SentBeforeError
from casebound.people.restricted.holding import RestrictionRow
from casebound.people.rights.shape import Permission
from casebound.record.book.entries import Entry, is_written
from casebound.record.book.reads import entry_in, is_open_to
from casebound.record.book.rules import parties_of, workers_named
from casebound.record.restricting import refusals as refused
from casebound.record.restricting.reads import first_step, last_step

USERS = "users"  # the answer that names who used a measure


@dataclass(frozen=True, slots=True)
class Decided:
    """An entry about which a manager decides: as its author wrote it, and the books they decide in.

    The books are those of the entry that the manager answers for; the one they stand in is first.
    """

    entry: ReadEntry
    fact: Entry
    books: Sequence[BookId]


def decided(book: SeenBook, entry: ReadEntry | None, *, by: WorkerId, at: datetime) -> Decided:
    """Return what a manager decides about.

    Raises:
        NotYoursToDecideError: they do not answer for the book, or the entry is kept from them.
        InvolvedError: they took part in what it records.
    """
    if book.worker != by or book.may(Permission.ANSWER_FOR_BOOK) is None:
        raise refused.NotYoursToDecideError
    if entry is None or not is_written(entry) or not is_open_to(book, entry.index):
        raise refused.NotYoursToDecideError
    fact = Entry.read(entry)
    if by in parties_of(fact) | workers_named(fact).get(USERS, frozenset()):
        raise refused.InvolvedError
    others = seen_among(
        by, [other for other in entry.pages if other != book.id], at=at,
        to=Permission.ANSWER_FOR_BOOK,
    )  # fmt: skip
    return Decided(entry, fact, [book.id, *sorted(others)])


def of_restriction(
    book: SeenBook, row: RestrictionRow | None, *, by: WorkerId, at: datetime
) -> Decided:
    """Return what a manager decides about, of a restriction of the book.

    Raises:
        NotYoursToDecideError: there is none that they may know of, or they do not answer for it.
        InvolvedError: they took part in what the entry records.
    """
    step = first_step(row) if row is not None else None
    entry = entry_in(book, step.entry_number) if step is not None else None
    return decided(book, entry, by=by, at=at)


def seal_decided(
    fact: Kind,
    of: Decided,
    *,
    seen: int | None,
    check: Callable[[], None] = lambda: None,
    once: Once,
    at: datetime,
    auth: str,
) -> Sealed:
    """Seal a decision if nobody decided about the entry since `seen`, and `check` raises nothing.

    Without `seen` it depends on nothing that was decided. A retry seals nothing.

    Raises:
        ChangedMeanwhileError: another manager decided about it meanwhile.
        StaleBookError: others sealed in between at every try.
        SentBeforeError: something else was sealed under the same key.
    """
    if before := once.sealed(fact.parts()):
        return before
    books = tuple(of.books)
    for tries_left in reversed(range(TRIES)):
        pages = {book: book_pages(book) for book in books}
        catch_up()
        if seen not in {None, last_step(books[0], of.entry.index)}:
            raise refused.ChangedMeanwhileError
        check()
        new = NewEntry(
            books=books, parts=fact.parts(), entry_id=once.entry_id, signed_by=once.by,
            signed_at=at, auth=auth, expects=pages,
        )  # fmt: skip
        try:
            sealed = seal_and_project(new)
        except StaleBookError:
            if not tries_left:
                raise
        else:
            if sealed.is_retry and once.sealed(fact.parts()) is None:
                raise SentBeforeError
            return sealed
    raise AssertionError  # pragma: no cover (the last try returns or raises)
