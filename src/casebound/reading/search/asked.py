"""What either database is asked, and how far back it looks at a time."""

from dataclasses import dataclass
from typing import Final

from casebound.foundation.base.ids import BookId, HomeId
from casebound.people.restricted.reads import EntryReader
from casebound.reading.search.query import Query

TIMES: Final = 8  # as much as so far is looked through next, at most


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementQuery:
    """The newest `count` statements below the place `before`, of these books (None: of every one).

    `home` narrows it to what was written there. What is kept from `reader` is not there.
    """

    query: Query
    books: tuple[BookId, ...] | None
    home: HomeId | None
    before: int | None
    count: int
    reader: EntryReader


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundQuery:
    """The newest `count` texts of these books in which a name has one of these sounds.

    `home` narrows it to what was written there. There is always a book and a sound.
    What is kept from `reader` is not there.
    """

    sounds: tuple[str, ...]
    books: tuple[BookId, ...]
    home: HomeId | None
    count: int
    reader: EntryReader


def next_stretch(*, seen: int, found: int, missing: int) -> int:
    """Return how much of the log to look through next, when `found` were in the newest `seen`.

    As much as should hold what is missing, and half as much again; never less than a quarter of
    what was seen, so that the end is reached in a few steps, nor more than eight times as much.
    """
    enough = seen * missing * 3 // (2 * found + 1)
    return max(1, min(max(enough, seen // 4), TIMES * seen))
