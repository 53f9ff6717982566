"""What somebody sees of a book, and why: for a manager who answers for that book (P13, P63)."""

from dataclasses import dataclass
from datetime import datetime

from casebound.foundation.base.ids import WorkerId
from casebound.people.access.reads import SeenBook, seen_book
from casebound.people.access.ways_in import Ways, ways_into
from casebound.people.restricted.why_kept import WhyKept, leaves_with_kept_parts, why_kept
from casebound.people.rights.shape import ReadsAs
from casebound.reading.chronology.reads import lines_kept_from, numbers_of

AT_MOST = 50


@dataclass(frozen=True, slots=True)
class KeptEntry:
    """An entry that the manager reads and the person does not, or of which they miss a part."""

    number: int
    form: str
    why: WhyKept | None  # None: only a part is kept from them


@dataclass(frozen=True, slots=True)
class SeenAs:
    """What a person sees of a book.

    Attributes:
        person: who.
        ways: how they get at it.
        book: the book as they see it; None if they see nothing of it.
        kept: entries that the manager reads and they do not, newest first.
        more: whether there are more of these.
    """

    person: WorkerId
    ways: Ways
    book: SeenBook | None
    kept: tuple[KeptEntry, ...] = ()
    more: bool = False

    @property
    def reads_as_child(self) -> bool:
        """Whether they read only what the child may read."""
        return self.book is not None and self.book.reads_as is ReadsAs.CHILD


def seen_as(book: SeenBook, person: WorkerId, *, at: datetime) -> SeenAs:
    """Return what a person sees of a book that the asker answers for. At most 15 queries.

    Of entries that are kept from the asker nothing is said.
    """
    ways = ways_into(book, person, at=at)
    theirs = seen_book(person, book.id, at=at, in_part=True)
    if theirs is None:
        return SeenAs(person, ways, None)
    lines = lines_kept_from(book, theirs.reader, count=AT_MOST + 1)
    reasons = why_kept((leaf for leaf, _, _ in lines), worker=person, book=book.id)
    whole = {
        number: KeptEntry(number, form, reasons.get(leaf, WhyKept.MANAGERS))
        for leaf, number, form in lines[:AT_MOST]
    }
    parted = leaves_with_kept_parts(book.id, theirs.reader, asker=book.reader, count=AT_MOST)
    numbers = numbers_of(book, parted) if parted else {}
    parts = {number: KeptEntry(number, "", None) for number in numbers.values()}
    kept = sorted((parts | whole).values(), key=lambda entry: -entry.number)
    return SeenAs(person, ways, theirs, tuple(kept), more=len(lines) > AT_MOST)
