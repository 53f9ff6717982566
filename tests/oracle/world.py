"""A made-up world as plain values: who works and lives where, and what is written in whose book.

Times are seconds, counted from the moment at which people look: what was before is below 0. People,
homes and children are short names; a child's book and a home's book have the name of the child or
the home.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

DAY: Final = 86_400
NOW: Final = 0
SET: Final = frozenset[str]()


@dataclass(frozen=True, slots=True)
class Stay:
    """A child's time at a home."""

    child: str
    home: str
    begins: int
    ends: int | None = None


@dataclass(frozen=True, slots=True)
class Appointment:
    """A role somebody has at a home, for one child of it, or for the whole provider."""

    person: str
    role: str
    home: str | None
    begins: int
    ends: int | None = None
    child: str | None = None

    def holds(self, at: int) -> bool:
        """Say whether it has begun and has not ended. At its end it is over."""
        return self.begins <= at and (self.ends is None or at < self.ends)


@dataclass(frozen=True, slots=True)
class Grant:
    """A right to read one book, or a part of it, for a time.

    A part is the entries of one form, of one register or of some days, or one entry. `days` are
    counted from the day on which people look.
    """

    person: str
    book: str
    begins: int
    ends: int
    by: str
    form: str = ""
    register: str = ""
    days: tuple[int, int] | None = None
    entry: int | None = None
    ended_early: int | None = None

    def holds(self, at: int) -> bool:
        """Say whether it has begun, and has neither run out nor been ended."""
        ends = self.ends if self.ended_early is None else min(self.ends, self.ended_early)
        return self.begins <= at < ends

    @property
    def is_whole(self) -> bool:
        """Whether it opens the whole book."""
        return not (self.form or self.register or self.days) and self.entry is None


@dataclass(frozen=True, slots=True)
class Said:
    """A statement or an answer of an entry, which says its `word` and no other entry does.

    `about` names the children it is about, if they are not all of the entry's. `withheld` is kept
    from the child.
    """

    word: str
    about: frozenset[str] = SET
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry that somebody signed, in one book or in several.

    Attributes:
        key: which it is, in the order of signing.
        books: where it stands.
        form: the form it is on.
        author: who signed it.
        at: when.
        said: its statements and answers.
        told: colleagues who told it, and are asked whether it is right.
        parties: colleagues it is about.
        of_managers: its writer says that it is about a manager.
        how: how it refers to an earlier entry: `addendum`, `correction`, `strike`, `misfiled`.
        earlier: which entry that is.
        file: the name of a file that belongs to it.
    """

    key: int
    books: tuple[str, ...]
    form: str
    author: str
    at: int
    said: tuple[Said, ...]
    told: frozenset[str] = SET
    parties: frozenset[str] = SET
    of_managers: bool = False
    how: str = ""
    earlier: int | None = None
    file: str = ""


@dataclass(slots=True)
class World:
    """All that there is. It grows while it is drawn."""

    homes: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    stays: list[Stay] = field(default_factory=list)
    appointments: list[Appointment] = field(default_factory=list)
    grants: list[Grant] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    known: dict[object, object] = field(default_factory=dict)  # worked out, of so many entries

    @property
    def books(self) -> tuple[str, ...]:
        """The book of each child, and of each home."""
        return (*self.children, *self.homes)

    def entries_in(self, book: str) -> Iterator[Entry]:
        """Yield the entries of a book, in the order of signing."""
        return (entry for entry in self.entries if book in entry.books)

    def rows(self) -> int:
        """Count what there is: entries, what they say, and what gives a right."""
        said = sum(1 + len(entry.said) for entry in self.entries)
        return said + len(self.appointments) + len(self.grants) + len(self.stays)


def words(entries: Iterable[Entry]) -> set[str]:
    """Return every word of some entries that no other entry says."""
    return {said.word for entry in entries for said in entry.said}
