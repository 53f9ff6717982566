"""Which books a person may see, asked again at every request.

A `SeenBook` is made here and nowhere else; reads of a book take one, so that nothing can be read
without the question having been asked. What one may not see and what does not exist answer alike.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connections

from casebound.foundation.base.ids import BookId, ChildId, HomeId, WorkerId
from casebound.foundation.base.times import as_kept
from casebound.ledger.sealing.plain import Plain
from casebound.people.access.rules import (
    AFTER_LEAVING,
    HOME_MANAGERS,
    MANAGERS,
    READERS,
    WRITERS,
)
from casebound.people.homes.entries import Role

MOVED_ON: Final = 50  # children on a page of those who have moved on
_ROLES: Final = 8  # that somebody has where a child lived, at most


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
        left_at: when the child moved on from that home, aware; None of who lives there, and of a
            home's book.
        moved_on: whether the child lives at no other home here since: then whoever manages that
            home from day to day still writes.
        finishing: whether the worker may do no more than finish what they had begun to write.
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
    left_at: datetime | None = None
    moved_on: bool = False
    finishing: bool = False


def seen_book(worker: WorkerId, book: BookId, *, at: datetime) -> SeenBook | None:
    """Return the book if `worker` may read it at `at`, else None. 1 query."""
    found = _seen(worker, at, "AND b.book_id = %s", [book])
    return found[0] if found else None


def seen_books(worker: WorkerId, *, at: datetime) -> list[SeenBook]:
    """Return the books of the homes `worker` works at and of the children living there. 1 query.

    Children who have moved on are not in it, although a manager may still open their books.
    """
    return _seen(worker, at, "AND b.ended = 0", [])


def moved_on(
    worker: WorkerId, *, at: datetime, before: tuple[datetime, BookId] | None = None
) -> list[SeenBook]:
    """Return books of children who live nowhere here any more, who left last first. 1 query.

    At most `MOVED_ON` of them that left `before` a moment (of one moment: whose id is lower).
    """
    more, params = "AND b.ended = 1", list[Any]()
    if before is not None:
        moment = connections["derived"].ops.adapt_datetimefield_value(before[0])
        more += " AND (b.left_at < %s OR (b.left_at = %s AND b.book_id < %s))"
        params = [moment, moment, before[1]]
    # A row for each role that reaches a book; who has more than a few is not known.
    last = f" ORDER BY b.left_at DESC, b.book_id DESC, a.id LIMIT {MOVED_ON * _ROLES}"
    return _seen(worker, at, more, params, order=last)[:MOVED_ON]


def seen_among(
    worker: WorkerId, books: Iterable[BookId], *, at: datetime, finishing: bool = False
) -> dict[BookId, SeenBook]:
    """Return which of these books `worker` may read at `at`. 1 query.

    With `finishing` also those of children who moved on from a home where they write: for a draft
    of their own, begun before the child left, and for nothing else.
    """
    wanted = list(books)
    if not wanted:
        return {}
    marks = ",".join(["%s"] * len(wanted))
    found = _seen(worker, at, f"AND b.book_id IN ({marks})", wanted, finishing=finishing)
    return {one.id: one for one in found}


# One row per (book, appointment that reaches it). The office's book is a home's book as well.
# `ended` is 0 where the child lives, 1 where they lived last, 2 where they lived before that.
_SELECT = """
SELECT b.book_id, b.child_id, b.home_id, h.name, b.title, b.ended, b.left_at, a.role, h.secure,
    h.is_office
FROM (
    SELECT c.id AS book_id, c.id AS child_id, p.home_id AS home_id, c.called AS title,
        CASE
            WHEN p.to_at IS NULL OR p.to_at > %s THEN 0
            WHEN EXISTS (
                SELECT 1 FROM homes_placement n
                WHERE n.child_id = p.child_id AND n.from_at <= %s AND n.id <> p.id
                AND (n.to_at IS NULL OR n.to_at > p.to_at OR (n.to_at = p.to_at AND n.id > p.id))
            ) THEN 2
            ELSE 1
        END AS ended,
        p.to_at AS left_at
    FROM homes_child c JOIN homes_placement p ON p.child_id = c.id
    WHERE p.from_at <= %s
    UNION ALL
    SELECT book_id, NULL, id, name, 0, NULL FROM homes_home
) b
JOIN homes_home h ON h.id = b.home_id
JOIN homes_appointment a ON (a.home_id IS NULL OR a.home_id = b.home_id)
WHERE a.worker_id = %s AND a.from_at <= %s AND (a.to_at IS NULL OR a.to_at > %s)
"""
_LAST: Final = 1
# Where a child lives, or lived last, comes before where they lived once: the first row says it.
_ORDER = " ORDER BY b.ended, h.name, b.child_id IS NULL, b.title, b.book_id, a.id"


def _seen(
    worker: WorkerId,
    at: datetime,
    more: str,
    params: Iterable[Any],
    *,
    order: str = _ORDER,
    finishing: bool = False,
) -> list[SeenBook]:
    moment = connections["derived"].ops.adapt_datetimefield_value(at)
    rows = Plain("derived").ask(
        f"{_SELECT} {more}{order}", [moment, moment, moment, worker, moment, moment, *params]
    )
    seen: dict[str, SeenBook] = {}
    for book, child, home, home_name, title, ended, left_at, role_name, secure, office in rows:
        role = Role(role_name)
        finishes = finishing and role in WRITERS
        reads = role in READERS and (not ended or role in AFTER_LEAVING)
        if not (reads or finishes):
            continue
        before = seen.get(book)
        writes = role in WRITERS if not ended else ended == _LAST and role in HOME_MANAGERS
        seen[book] = SeenBook(
            BookId(book),
            ChildId(child) if child else None,
            before.home if before else HomeId(home),
            before.home_name if before else home_name,
            title,
            worker,
            writes or finishes or (before is not None and before.writes),
            role in MANAGERS or (before is not None and before.manages),
            bool(secure) if before is None else before.secure,
            child is None and bool(office),
            before.left_at if before else (as_kept(left_at) if ended else None),
            before.moved_on if before else ended == _LAST,
            not reads and (before is None or before.finishing),
        )
    return list(seen.values())
