"""Writing the read trail."""

from datetime import datetime
from typing import Any, Final

from django.db import connections

from casebound.people.access.reading_much import (
    IN,
    check_says_why,
    different_pages,
    pages_allowed,
    pages_at_most,
)
from casebound.people.access.readings import always_open, check_reading
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
    """Put several looks of a person on the read trail: all of them or none, in one statement.

    The same statement holds them back if the person is near the limit of a day. Only then it takes
    3 queries more: how much it was, if they said why, and the looks.

    Raises:
        ValueError: no room declares such a reading.
        ReadMuchError: the person has to say why they read so much.
    """
    check_reading(what)
    if not looks:
        return
    worker = looks[0][0].worker
    shown = [(book.id, what, first, last) for book, first, last in looks]
    moment = connections["default"].ops.adapt_datetimefield_value(at)
    rows = [(moment, worker, *look) for look in shown]
    if what in always_open():
        _insert(rows)
    elif not _insert(
        rows, unless_over=pages_allowed() - different_pages(set(shown)), since=at - IN
    ):
        check_says_why(shown, worker=worker, at=at)
        _insert(rows)


def _insert(
    rows: list[tuple[Any, ...]], *, unless_over: int | None = None, since: datetime | None = None
) -> bool:
    """Insert rows of one person; say whether they were: they are not if more pages were read.

    In SQL, because every page of a book does it: this takes half the time of the model. One
    statement is a transaction by itself: on PostgreSQL BEGIN and COMMIT would be two trips more.
    """
    store = connections["default"]
    values = [value for row in rows for value in row]
    statement = f"{_INSERT} VALUES {', '.join([_ROW] * len(rows))}"
    if unless_over is not None:
        pages, parameters = pages_at_most()
        looks = f"(VALUES {', '.join([_ROW] * len(rows))}) AS looks"
        statement = f"{_INSERT} SELECT * FROM {looks} WHERE {pages} <= %s"  # noqa: S608 (fixed text)
        moment = store.ops.adapt_datetimefield_value(since)
        values += [*parameters, rows[0][1], moment, unless_over]
    with store.cursor() as cursor:
        cursor.execute(statement, values)
        return bool(cursor.rowcount > 0)
