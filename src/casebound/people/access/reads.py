"""Which books a person may see, asked again at every request.

A `SeenBook` is made here and nowhere else; reads of a book take one, so that nothing can be read
without the question having been asked. What one may not see and what does not exist answer alike.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connections

from casebound.foundation.base.ids import BookId, ChildId, HomeId, WorkerId
from casebound.ledger.sealing.plain import Plain
from casebound.people.access.rules import AFTER_LEAVING, MANAGERS, READERS, WRITERS
from casebound.people.homes.entries import Role


@dataclass(frozen=True, slots=True)
class SeenBook:
    """A book that `worker` may read now.

    Attributes:
        id: the book.
        child: whose book it is, None for a home's book.
        home: where the child lives now (or lived last), or whose book it is; and its name.
        title: the name the child goes by, or the home's name.
        writes: whether the worker may write in it.
        manages: whether the worker answers for it.
        secure: whether the home is a secure children's home.
        office: whether it is the book of the provider's office.
    """

    id: BookId
    child: ChildId | None
    home: HomeId
    home_name: str
    title: str
    worker: WorkerId
    writes: bool
    manages: bool
    secure: bool = False
    office: bool = False


def seen_book(worker: WorkerId, book: BookId, *, at: datetime) -> SeenBook | None:
    """Return the book if `worker` may read it at `at`, else None. 1 query."""
    found = _seen(worker, at, "AND b.book_id = %s", [book])
    return found[0] if found else None


def seen_books(worker: WorkerId, *, at: datetime) -> list[SeenBook]:
    """Return the books of the homes `worker` works at and of the children living there. 1 query.

    Children who have left are not in it, although a manager may still open their books.
    """
    return _seen(worker, at, "AND b.ended = 0", [])


def seen_among(
    worker: WorkerId, books: Iterable[BookId], *, at: datetime
) -> dict[BookId, SeenBook]:
    """Return which of these books `worker` may read at `at`. 1 query."""
    wanted = list(books)
    if not wanted:
        return {}
    marks = ",".join(["%s"] * len(wanted))
    return {one.id: one for one in _seen(worker, at, f"AND b.book_id IN ({marks})", wanted)}


# One row per (book, appointment that reaches it). The office's book is a home's book as well.
_SELECT = """
SELECT b.book_id, b.child_id, b.home_id, h.name, b.title, b.ended, a.role, h.secure, h.is_office
FROM (
    SELECT c.id AS book_id, c.id AS child_id, p.home_id AS home_id, c.called AS title,
        CASE WHEN p.to_at IS NULL OR p.to_at > %s THEN 0 ELSE 1 END AS ended
    FROM homes_child c JOIN homes_placement p ON p.child_id = c.id
    WHERE p.from_at <= %s
    UNION ALL
    SELECT book_id, NULL, id, name, 0 FROM homes_home
) b
JOIN homes_home h ON h.id = b.home_id
JOIN homes_appointment a ON (a.home_id IS NULL OR a.home_id = b.home_id)
WHERE a.worker_id = %s AND a.from_at <= %s AND (a.to_at IS NULL OR a.to_at > %s)
"""
_ORDER = " ORDER BY h.name, b.child_id IS NULL, b.title, b.book_id, b.ended, a.id"


def _seen(worker: WorkerId, at: datetime, more: str, params: Iterable[Any]) -> list[SeenBook]:
    moment = connections["derived"].ops.adapt_datetimefield_value(at)
    rows = Plain("derived").ask(
        f"{_SELECT} {more}{_ORDER}", [moment, moment, worker, moment, moment, *params]
    )
    seen: dict[str, SeenBook] = {}
    for book, child, home, home_name, title, ended, role_name, secure, office in rows:
        role = Role(role_name)
        if role not in READERS or (ended and role not in AFTER_LEAVING):
            continue
        before = seen.get(book)
        seen[book] = SeenBook(
            BookId(book),
            ChildId(child) if child else None,
            before.home if before else HomeId(home),
            before.home_name if before else home_name,
            title,
            worker,
            (role in WRITERS and not ended) or (before is not None and before.writes),
            role in MANAGERS or (before is not None and before.manages),
            bool(secure) if before is None else before.secure,
            child is None and bool(office),
        )
    return list(seen.values())
