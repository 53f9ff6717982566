"""What people were told, which must stay true for ever."""

from dataclasses import dataclass, field
from typing import Any

from django.db import connections

from casebound.foundation.base.ids import BookId, EntryId
from casebound.ledger.sealing.actions import NewEntry, Sealed
from tools.trials.power.house import Told


class BrokenError(Exception):
    """Something that must always hold does not hold. The message says what."""


@dataclass(frozen=True, slots=True)
class Signed:
    """What a person signed: the entry, what it says, and the draft that goes with it."""

    new: NewEntry
    fact: Told
    draft: str


@dataclass(slots=True)
class Answers:
    """What people were told.

    Attributes:
        books: books that were opened.
        signed: entries that were signed, by id, answered or not.
        sealed: the answer to each signature that was answered.
        checkpoints: the signed checkpoint that was given out with an answer, by its size.
    """

    books: list[BookId] = field(default_factory=list)
    signed: dict[EntryId, Signed] = field(default_factory=dict)
    sealed: dict[EntryId, Sealed] = field(default_factory=dict)
    checkpoints: dict[int, bytes] = field(default_factory=dict)

    def answer(self, done: Sealed) -> None:
        """Note an answer, and the checkpoint that the person gets with it."""
        earlier = self.sealed.setdefault(done.entry_id, done)
        insist(earlier == done, "an entry was answered in two ways")
        statement = "SELECT note FROM log_checkpoint WHERE size = %s"
        for (note,) in rows(statement, done.index + 1):
            self.checkpoints[done.index + 1] = bytes(note)

    def pages(self, book: BookId) -> int:
        """Return how many entries of a book were answered."""
        return sum(book in done.numbers for done in self.sealed.values())


def insist(holds: bool, words: str) -> None:  # noqa: FBT001 (what holds comes first)
    """Raise if something does not hold.

    Raises:
        BrokenError: with the words.
    """
    if not holds:
        raise BrokenError(words)


def rows(statement: str, *values: Any, store: str = "default") -> list[tuple[Any, ...]]:
    """Return the rows of a query."""
    with connections[store].cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
