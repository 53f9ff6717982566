"""Writing the read trail."""

from datetime import datetime

from django.db import connections, transaction

from casebound.people.access.readings import check_reading
from casebound.people.access.reads import SeenBook

_ADD = (
    "INSERT INTO read_trail (at, worker_id, book_id, what, first, last)"
    " VALUES (%s, %s, %s, %s, %s, %s)"
)


def note_reading(book: SeenBook, *, what: str, first: int, last: int, at: datetime) -> None:
    """Put a look at pages `first` to `last` of a book on the read trail. 1 statement, durable.

    Raises:
        ValueError: no room declares such a reading.
    """
    check_reading(what)
    moment = connections["default"].ops.adapt_datetimefield_value(at)
    # A transaction, because on SQLite only transactions take their turn in the writers' queue.
    in_turn = transaction.atomic(using="default", savepoint=False)
    with in_turn, connections["default"].cursor() as cursor:
        cursor.execute(_ADD, (moment, book.worker, book.id, what, first, last))


def note_readings(looks: list[tuple[SeenBook, int, int]], *, what: str, at: datetime) -> None:
    """Put several looks on the read trail: all of them or none, in one statement.

    Raises:
        ValueError: no room declares such a reading.
    """
    check_reading(what)
    if not looks:
        return
    moment = connections["default"].ops.adapt_datetimefield_value(at)
    with transaction.atomic(using="default"), connections["default"].cursor() as cursor:
        cursor.executemany(
            _ADD,
            [(moment, book.worker, book.id, what, first, last) for book, first, last in looks],
        )
