"""Where a worker may read entries: in which books, and under which numbers."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeAlias

from casebound.foundation.base.ids import WorkerId
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.access.reads import SeenBook, reader_of, seen_among
from casebound.people.restricted.reads import hidden_among
from casebound.record.book.reads import may_read_words, statuses_of_leaves

Places: TypeAlias = tuple[tuple[SeenBook, int], ...]


def places_read(
    entries: Sequence[ReadEntry], worker: WorkerId, *, at: datetime
) -> dict[int, Places]:
    """Return the books in which a worker may read the words of each entry, by leaf.

    3 queries for all of them together, none without entries.
    """
    leaves = [entry.index for entry in entries]
    books = seen_among(worker, {book for entry in entries for book in entry.pages}, at=at)
    hidden = hidden_among(leaves, reader_of(books.values(), worker=worker))
    withdrawn = statuses_of_leaves(leaves)
    return {
        entry.index: tuple(
            (book, entry.pages[key])
            for key, book in books.items()
            if key in entry.pages
            and (key, entry.index) not in hidden
            and may_read_words(withdrawn.get((entry.index, key)), book)
        )
        for entry in entries
    }
