"""What the tests of this room ask: what is due, and how an entry stands."""

from datetime import timedelta

from casebound.ledger.sealing.actions import Sealed
from casebound.ledger.sealing.reads import ReadEntry, entry_at
from casebound.people.duties.entries import Subject, SubjectKind
from casebound.people.duties.reads import DutySeen, duties_about, duties_in
from casebound.record.book.entries import Entry
from casebound.record.followups.reads import Following, what_follows
from tests.made_up import Child, House, MadeUp, Worker
from tests.readers import MANAGER

NOW = timedelta()


def person(worker: str) -> Subject:
    """Return a worker as the one of several that a follow-up is for."""
    return Subject(SubjectKind.PERSON, worker)


def due(
    made_up: MadeUp, child: Child | House, key: str = "", *, later: timedelta = NOW
) -> list[DutySeen]:
    """Return what is due in a book, of one kind if named."""
    found = duties_in([child.book], reader=MANAGER, at=made_up.now + later)
    return [duty for duty in found if duty.key == key or not key]


def about(made_up: MadeUp, sealed: Sealed, child: Child | House) -> dict[str, DutySeen]:
    """Return what is or was due about an entry, by kind and by which of several."""
    found = duties_about(sealed.index, reader=MANAGER, book=child.book, at=made_up.now)
    return {f"{duty.key} {duty.subject.name}".strip(): duty for duty in found}


def read(sealed: Sealed, child: Child | House) -> ReadEntry:
    """Return a sealed entry."""
    entry = entry_at(child.book, sealed.numbers[child.book])
    assert entry is not None
    return entry


def following(made_up: MadeUp, sealed: Sealed, child: Child | House, worker: Worker) -> Following:
    """Return what comes next after an entry, as a worker sees it."""
    entry = read(sealed, child)
    book = made_up.book(child, by=worker)
    return what_follows(book, entry, Entry.read(entry), at=made_up.now)
