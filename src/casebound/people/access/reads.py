"""Which books a person may see, asked again at every request.

A `SeenBook` is made here and nowhere else; reads of a book take one, so that nothing can be read
without the question having been asked. What one may not see and what does not exist answer alike.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from casebound.foundation.base.ids import BookId, ChildId, HomeId, WorkerId
from casebound.foundation.base.refusals import NotAllowedError
from casebound.people.access.allowed import Allowed, Basis, basis_of
from casebound.people.homes.reach import (
    BookReached,
    Source,
    books_left,
    books_now,
    books_reached,
    sources_of,
)
from casebound.people.rights.rights import roles
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
        bases: the appointments and grants that let the worker into it: what may be done follows
            from them.
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

    def may(
        self,
        permission: StrEnum,
        *,
        form: str = "",
        used_it: bool = False,
        register: str = "",
        on: date | None = None,
    ) -> Allowed | None:
        """Return what lets the worker do something in this book, None if nothing does.

        Without a part it is asked of the book. An appointment to a role that writes on a few forms
        then gives what it gives on any of them; a grant of a part gives nothing, because the rest
        of the book is not the worker's to see.

        Args:
            permission: what they would do.
            form: the form they would do it on, or whose entries they would read.
            used_it: they used the measure that the form records, so they may record it.
            register: the register they would read.
            on: the day of the event they would read of.
        """
        for basis in self.bases:
            if basis.gives(permission, form=form, used_it=used_it, register=register, on=on):
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
    sources: tuple[Source, ...]

    def may(self, permission: StrEnum) -> bool:
        """Say whether a role of theirs, or a grant, gives a permission today."""
        return any(
            source.grant.opens(permission.value)
            if source.grant
            else source.role is not None and source.role.gives_today(permission)
            for source in self.sources
        )

    def homes(self, permission: StrEnum) -> list[HomeId]:
        """Return the homes where a role of theirs gives a permission, in the order of roles."""
        return [
            source.home
            for source in self.sources
            if source.home and source.role and source.role.gives_today(permission)
        ]

    def appoints(self) -> list[Role]:
        """Return the roles that a role of theirs may appoint somebody to, in their order."""
        keys = {source.role.key for source in self.sources if source.role}
        return [role for role in roles() if not keys.isdisjoint(role.appointed_by)]

    def reads_everything(self) -> bool:
        """Say whether a role of theirs reads every book of the provider."""
        return any(
            all(source.role.gives(Permission.READ_BOOK, where) for where in ALWAYS)
            for source in self.sources
            if source.role and source.home is None and source.child is None
        )

    @property
    def main_role(self) -> str:
        """The role they are known by, as people say it; empty if they have none."""
        return main_role([source.role for source in self.sources if source.role])


def rights_of(worker: WorkerId, *, at: datetime) -> WorkerRights:
    """Return what a worker may do at `at`. 1 query."""
    return WorkerRights(worker, sources_of(worker, at=at))


def main_role(roles: Sequence[Role]) -> str:
    """Return which of several roles somebody is known by, as people say it."""
    return max(roles, key=lambda role: role.seniority).words if roles else ""


def seen_book(
    worker: WorkerId, book: BookId, *, at: datetime, form: str = "", register: str = ""
) -> SeenBook | None:
    """Return the book if `worker` may read it at `at`, else None. 1 query.

    With `form` or `register` also a book of which they may read that part: for a page that shows
    that part and nothing else.
    """
    rows = books_reached(worker, [book], at=at)
    return next(iter(_seen(worker, rows, form=form, register=register)), None)


def seen_books(worker: WorkerId, *, at: datetime) -> list[SeenBook]:
    """Return the books of the homes `worker` works at and of the children living there. 1 query.

    And those that were granted to them. Children who have moved on are not in it, although a
    manager may still open their books.
    """
    return _seen(worker, books_now(worker, at=at))


def moved_on(
    worker: WorkerId, *, at: datetime, before: tuple[datetime, BookId] | None = None
) -> list[SeenBook]:
    """Return books of children who live nowhere here any more, who left last first. 1 query.

    At most `MOVED_ON` of them that left `before` a moment (of one moment: whose id is lower).
    """
    # A row for each role that reaches a book; a worker has a few at most.
    rows = books_left(worker, at=at, before=before, count=MOVED_ON * _ROLES)
    return _seen(worker, rows)[:MOVED_ON]


def seen_among(
    worker: WorkerId,
    books: Iterable[BookId],
    *,
    at: datetime,
    to: Permission = Permission.READ_BOOK,
) -> dict[BookId, SeenBook]:
    """Return which of these books `worker` may read, or do something else `to`, at `at`. 1 query.

    With `to=FINISH_OWN_DRAFT` also the books of children who moved on from a home where the worker
    writes. The worker may not read such a book: `may` says what they may do in it.
    """
    wanted = list(books)
    if not wanted:
        return {}
    seen = _seen(worker, books_reached(worker, wanted, at=at), to=to)
    return {book.id: book for book in seen}


def _seen(
    worker: WorkerId,
    rows: Iterable[BookReached],
    *,
    to: Permission = Permission.READ_BOOK,
    form: str = "",
    register: str = "",
) -> list[SeenBook]:
    """Return the books that the rows let the worker into; the first row of a book says where."""
    seen: dict[BookId, SeenBook] = {}
    for row in rows:
        basis = basis_of(row)
        may_read = basis.gives(Permission.READ_BOOK, form=form, register=register)
        if not (may_read or basis.gives(to)):
            continue
        if (listed := seen.get(row.book)) is not None:
            seen[row.book] = replace(listed, bases=(*listed.bases, basis))
            continue
        seen[row.book] = SeenBook(
            id=row.book,
            child=row.child,
            home=row.home,
            home_name=row.home_name,
            title=row.title,
            worker=worker,
            bases=(basis,),
            secure=row.secure,
            office=row.office,
            left_at=row.left_at,
            moved_on=row.situation is Situation.LIVED_HERE_LAST,
        )
    return list(seen.values())
