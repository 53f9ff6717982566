"""Which books a person may see, asked again at every request.

A `SeenBook` is made here and nowhere else; reads of a book take one, so that nothing can be read
without the question having been asked. What one may not see and what does not exist answer alike.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from django.db import connections

from casebound.foundation.base.ids import BookId, ChildId, HomeId, WorkerId
from casebound.foundation.base.refusals import NotAllowedError
from casebound.foundation.base.times import as_kept
from casebound.people.access.allowed import Allowed, Basis
from casebound.people.homes.reads import AppointmentSeen, appointments_of
from casebound.people.rights.rights import role_of, roles
from casebound.people.rights.shape import ALWAYS, Permission, Role, Situation

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
        bases: the appointments that let the worker into it: what may be done follows from them.
        secure: whether the home is a secure children's home.
        office: whether it is the book of the provider's office.
        left_at: when the child moved on from that home, aware; None of who lives there, and of a
            home's book.
        moved_on: whether the child lives at no other home here since.
    """

    id: BookId
    child: ChildId | None
    home: HomeId
    home_name: str
    title: str
    worker: WorkerId
    bases: tuple[Basis, ...]
    secure: bool = False
    office: bool = False
    left_at: datetime | None = None
    moved_on: bool = False

    def may(self, permission: StrEnum, *, form: str = "", used_it: bool = False) -> Allowed | None:
        """Return what lets the worker do something in this book, None if nothing does.

        With `form`: whether they may do it on that form; without: on any form at all. `used_it`:
        the worker used the measure that the form records, so they may record it.
        """
        for basis in self.bases:
            if basis.gives(permission, form=form, used_it=used_it):
                return Allowed(permission, basis)
        return None

    def check_may(self, permission: StrEnum, *, form: str = "") -> None:
        """Refuse a worker who may not do something in this book.

        Raises:
            NotAllowedError: they may not.
        """
        if self.may(permission, form=form) is None:
            raise NotAllowedError


@dataclass(frozen=True, slots=True)
class WorkerRights:
    """What a worker may do at all, whichever book they then open."""

    worker: WorkerId
    appointments: tuple[AppointmentSeen, ...]

    def may(self, permission: StrEnum) -> bool:
        """Say whether any role of theirs gives a permission today."""
        return any(one.role.gives_today(permission) for one in self.appointments)

    def homes(self, permission: StrEnum) -> list[HomeId]:
        """Return the homes where a role of theirs gives a permission, in the order of roles."""
        return [
            one.home for one in self.appointments if one.home and one.role.gives_today(permission)
        ]

    def appoints(self) -> list[Role]:
        """Return the roles that a role of theirs may appoint somebody to, in their order."""
        keys = {appointment.role.key for appointment in self.appointments}
        return [role for role in roles() if not keys.isdisjoint(role.appointed_by)]

    def reads_everything(self) -> bool:
        """Say whether a role of theirs reads every book of the provider, whoever lives where."""
        return any(
            all(one.role.gives(Permission.READ_BOOK, where) for where in ALWAYS)
            for one in self.appointments
            if one.home is None and one.child is None
        )

    @property
    def main_role(self) -> str:
        """The role they are known by, as people say it; empty if they have none."""
        return main_role([one.role for one in self.appointments])


def rights_of(worker: WorkerId, *, at: datetime) -> WorkerRights:
    """Return what a worker may do at `at`. 1 query."""
    return WorkerRights(worker, appointments_of(worker, at=at))


def main_role(roles: Sequence[Role]) -> str:
    """Return which of several roles somebody is known by, as people say it."""
    return max(roles, key=lambda role: role.seniority).words if roles else ""


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
    worker: WorkerId,
    books: Iterable[BookId],
    *,
    at: datetime,
    to: Permission = Permission.READ_BOOK,
) -> dict[BookId, SeenBook]:
    """Return which of these books `worker` may read, or do something else `to`, at `at`. 1 query.

    `to` finish a draft of their own there are more of them: those of children who moved on from a
    home where the worker writes. Such a book may be not readable: its `may` says what it is for.
    """
    wanted = list(books)
    if not wanted:
        return {}
    marks = ",".join(["%s"] * len(wanted))
    seen = _seen(worker, at, f"AND b.book_id IN ({marks})", wanted, to=to)
    return {book.id: book for book in seen}


# One row per (book, appointment that reaches it). The office's book is a home's book as well.
# `ended` is 0 where the child lives, 1 where they lived last, 2 where they lived before that.
_SELECT = """
SELECT b.book_id, b.child_id, b.home_id, h.name, b.title, b.ended, b.left_at,
    a.role, a.id, h.secure, h.is_office
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
_SITUATIONS: Final = (
    Situation.LIVES_HERE,
    Situation.LIVED_HERE_LAST,
    Situation.LIVED_HERE_BEFORE,
)
# Where a child lives, or lived last, comes before where they lived once: the first row says it.
_ORDER = " ORDER BY b.ended, h.name, b.child_id IS NULL, b.title, b.book_id, a.id"


def _seen(
    worker: WorkerId,
    at: datetime,
    more: str,
    params: Iterable[Any],
    *,
    order: str = _ORDER,
    to: Permission = Permission.READ_BOOK,
) -> list[SeenBook]:
    moment = connections["derived"].ops.adapt_datetimefield_value(at)
    with connections["derived"].cursor() as cursor:
        cursor.execute(
            f"{_SELECT} {more}{order}", [moment, moment, moment, worker, moment, moment, *params]
        )
        rows = cursor.fetchall()
    seen: dict[str, SeenBook] = {}
    for row in rows:
        book, child, home, home_name, title, ended, left_at, role, appointment, secure, office = row
        situation = _SITUATIONS[ended] if child else Situation.HOME
        basis = Basis(role_of(role), situation, appointment)
        if not (basis.gives(Permission.READ_BOOK) or basis.gives(to)):
            continue
        if book in seen:
            seen[book] = replace(seen[book], bases=(*seen[book].bases, basis))
            continue
        seen[book] = SeenBook(
            id=BookId(book),
            child=ChildId(child) if child else None,
            home=HomeId(home),
            home_name=home_name,
            title=title,
            worker=worker,
            bases=(basis,),
            secure=bool(secure),
            office=child is None and bool(office),
            left_at=as_kept(left_at) if ended else None,
            moved_on=situation is Situation.LIVED_HERE_LAST,
        )
    return list(seen.values())
