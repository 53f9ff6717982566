"""Which pages of books Shift and the desk show words of, for the read trail (P63).

Most of what waits is said in the words of a form. A medicine and an agreed action are words of an
entry, so who saw them saw that page.
"""

from collections.abc import Iterable, Sequence

from casebound.oversight.desk.medicines import MedicineDue
from casebound.people.access.reads import SeenBook
from casebound.people.duties.entries import SubjectKind
from casebound.people.duties.reads import DutySeen

Look = tuple[SeenBook, int]  # a page of a book


def of_duties(duties: Iterable[tuple[DutySeen, SeenBook]]) -> list[Look]:
    """Return the pages of the agreed actions among these duties."""
    return [(book, duty.number) for duty, book in duties if duty.subject.kind is SubjectKind.ACTION]


def of_doses(doses: Iterable[MedicineDue]) -> list[Look]:
    """Return the pages of the prescriptions of these doses."""
    return [(dose.book, dose.number) for dose in doses]


def by_book(looks: Iterable[Look]) -> Sequence[tuple[SeenBook, int, int]]:
    """Return each book with the first and the last of its pages that are shown."""
    pages: dict[str, list[int]] = {}
    books: dict[str, SeenBook] = {}
    for book, page in looks:
        books[book.id] = book
        pages.setdefault(book.id, []).append(page)
    return [(books[book], min(numbers), max(numbers)) for book, numbers in pages.items()]
