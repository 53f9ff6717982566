"""Writing the read trail."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db import connections

from casebound.people.access.looked_from import looked_from
from casebound.people.access.reading_much import (
    IN,
    check_says_why,
    different_pages,
    pages_allowed,
    pages_at_most,
)
from casebound.people.access.readings import always_open, check_reading
from casebound.people.access.reads import SeenBook, basis_of_look

# The same of every row of a look comes first; `column1` is how both databases call a value.
_INSERT: Final = (
    "INSERT INTO read_trail"
    " (at, worker_id, what, device, network, why, book_id, first, last, under)"
    " SELECT %s, %s, %s, %s, %s, %s, column1, column2, column3, column4 FROM (VALUES {rows}) AS l"
)
_ROW: Final = "(%s, %s, %s, %s)"


def note_reading(book: SeenBook, *, what: str, first: int, last: int, at: datetime) -> None:
    """Put a look at pages `first` to `last` of a book on the read trail. 1 statement, durable.

    Raises:
        ValueError: no room declares such a reading.
    """
    note_readings([(book, first, last)], what=what, at=at)


def note_readings(looks: Sequence[tuple[SeenBook, int, int]], *, what: str, at: datetime) -> None:
    """Put several looks of a person on the read trail: all of them or none, in one statement.

    Each row says who looked, at what, when, from where, and under which appointment or grant. The
    same statement holds them back if the person is near the limit of a day. Only then it takes
    3 queries more: how much it was, if they said why, and the looks, with the reason.

    Raises:
        ValueError: no room declares such a reading.
        ReadMuchError: the person has to say why they read so much.
    """
    check_reading(what)
    if not looks:
        return
    worker = looks[0][0].worker
    origin = looked_from(worker)
    moment = connections["default"].ops.adapt_datetimefield_value(at)
    same = [moment, worker, what, origin.device, origin.network.value]
    rows = [(book.id, first, last, basis_of_look(book)) for book, first, last in looks]
    if what in always_open():
        _insert(same, rows)
        return
    shown = [(book.id, what, first, last) for book, first, last in looks]
    most = pages_allowed() - different_pages(set(shown))
    if not _insert(same, rows, unless_over=most, since=at - IN):
        why = check_says_why(shown, worker=worker, at=at)
        _insert(same, rows, why=why)


def _insert(
    same: list[Any],
    rows: list[tuple[Any, ...]],
    *,
    why: str = "",
    unless_over: int | None = None,
    since: datetime | None = None,
) -> bool:
    """Insert rows of one person; say whether they were: they are not if more pages were read.

    In SQL, because every page of a book does it: this takes half the time of the model. One
    statement is a transaction by itself: on PostgreSQL BEGIN and COMMIT would be two trips more.
    """
    store = connections["default"]
    statement = _INSERT.format(rows=", ".join([_ROW] * len(rows)))
    values = [*same, why, *(value for row in rows for value in row)]
    if unless_over is not None:
        pages, parameters = pages_at_most()
        worker, moment = same[1], store.ops.adapt_datetimefield_value(since)
        statement = f"{statement} WHERE {pages} <= %s"
        values += [*parameters, worker, moment, unless_over]
    with store.cursor() as cursor:
        cursor.execute(statement, values)
        return bool(cursor.rowcount > 0)
