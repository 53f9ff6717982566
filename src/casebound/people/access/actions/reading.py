"""Writing the read trail."""

from datetime import datetime

from casebound.people.access.models import Reading
from casebound.people.access.readings import check_reading
from casebound.people.access.reads import SeenBook


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
    Reading.objects.bulk_create(
        Reading(at=at, worker_id=book.worker, book_id=book.id, what=what, first=first, last=last)
        for book, first, last in looks
    )
