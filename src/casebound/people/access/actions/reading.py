"""Writing the read trail."""

from datetime import datetime
from typing import Final

from django.db import connections

from casebound.people.access.readings import check_reading
from casebound.people.access.reads import SeenBook

_INSERT: Final = "INSERT INTO read_trail (at, worker_id, book_id, what, first, last)"
_ROW: Final = "(%s, %s, %s, %s, %s, %s)"


def note_reading(book: SeenBook, *, what: str, first: int, last: int, at: datetime) -> None:
    """Put a look at pages `first` to `last` of a book on the read trail. 1 statement, durable.

    Raises:
        ValueError: no room declares such a reading.
    """
    note_readings([(book, first, last)], what=what, at=at)


def note_readings(looks: list[tuple[SeenBook, int, int]], *, what: str, at: datetime) -> None:
    """Put several looks on the read trail: all of them or none, in one statement.

    Raises:
        ValueError: no room declares such a reading.
    """
    check_reading(what)
    if not looks:
        return
    store = connections["default"]
    moment = store.ops.adapt_datetimefield_value(at)
    rows = [(moment, book.worker, book.id, what, first, last) for book, first, last in looks]
    # In SQL, because every page of a book does it: this takes half the time of the model. One
    # statement is a transaction by itself: on PostgreSQL BEGIN and COMMIT would be two trips more.
    with store.cursor() as cursor:
        cursor.execute(
            f"{_INSERT} VALUES {', '.join([_ROW] * len(rows))}",
            [value for row in rows for value in row],
        )
