"""Writing the read trail."""

from datetime import datetime
from typing import Literal

from django.db import connections, transaction

from casebound.ledger.sealing.plain import Plain
from casebound.people.access.reads import SeenBook

What = Literal[
    "book",
    "entry",
    "search",
    "print",
    "proof",
    "draft",
    "register",
    "handover",
    "profile",
    "picture",
    "file",
]


_ADD = (
    "INSERT INTO read_trail (at, worker_id, book_id, what, first, last)"
    " VALUES (%s, %s, %s, %s, %s, %s)"
)


def note_reading(book: SeenBook, *, what: What, first: int, last: int, at: datetime) -> None:
    """Put a look at pages `first` to `last` of a book on the read trail. 1 statement, durable."""
    moment = connections["default"].ops.adapt_datetimefield_value(at)
    Plain("default").keep(_ADD, (moment, book.worker, book.id, what, first, last))


def note_readings(looks: list[tuple[SeenBook, int, int]], *, what: What, at: datetime) -> None:
    """Put several looks on the read trail: all of them or none, in one statement."""
    if not looks:
        return
    moment = connections["default"].ops.adapt_datetimefield_value(at)
    with transaction.atomic(using="default"):
        plain = Plain("default")
        with plain.errors():
            plain.executemany(
                _ADD,
                [(moment, book.worker, book.id, what, first, last) for book, first, last in looks],
            )
