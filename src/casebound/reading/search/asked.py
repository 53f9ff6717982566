"""What either database is asked."""

from dataclasses import dataclass

from casebound.foundation.base.ids import BookId, HomeId
from casebound.reading.search.query import Query


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The newest `count` statements below the place `before`, of these books (None: of every one).

    `home` narrows it to what was written there.
    """

    query: Query
    books: tuple[BookId, ...] | None
    home: HomeId | None
    before: int | None
    count: int
