"""Which books a person may see. Every request checks it again.

Only this module makes a `SeenBook`. Every read of a book takes one, so that no code can read a book
without this check. A book that the worker may not see gives the same answer as one that does not
exist.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from casebound.foundation.base.ids import BookId, ChildId, HomeId, WorkerId
from casebound.foundation.base.refusals import NotAllowedError
from casebound.people.access.allowed import Allowed, Basis, basis_of, part_of
from casebound.people.homes.reach import (
    BookReached,
    Source,
    book_and_sources,
    books_left,
    books_now,
    books_reached,
    sources_of,
)
from casebound.people.restricted.parts import BookPart
from casebound.people.restricted.permissions import RestrictedPermission
from casebound.people.restricted.reads import EntryReader
from casebound.people.rights.rights import roles
from casebound.people.rights.shape import ALWAYS, Permission, ReadsAs, Role, Situation

MOVED_ON: Final = 50  # children on a page of those who have moved on
_ROLES: Final = 8  # that somebody has where a child lived, at most


@dataclass(frozen=True, slots=True)
class SeenBook:
    """A book that `worker` may read now.

    Attributes:
        id: the book.
        child: whose book it is, None for a home's book.
        home: the home where the child lives now (or lived last), or whose book it is; and its name.
        title: the name the child goes by, or the home's name.
        bases: the appointments and grants that let the worker into the book. What they may do
            follows from these.
        secure: whether the home is a secure children's home.
        office: whether it is the book of the provider's office.
        left_at: when the child moved on from that home, aware; None if the child lives there, and
            for a home's book.
        moved_on: whether the child lives at no other home here since.
        face: what the child's picture is drawn from, empty for a home's book.
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
    face: str = ""

    @property
    def reader(self) -> EntryReader:
        """The worker as a reader of the book's entries: some are kept from them (`readable`)."""
        return reader_of([self], worker=self.worker)

    @property
    def parts(self) -> tuple[BookPart, ...]:
        """The parts of the book that the worker reads; none if they read the whole."""
        if self.may(Permission.READ_BOOK):
            return ()
        parts = (part_of(basis, book=self.id) for basis in self.bases)
        return tuple(part for part in parts if part is not None)

    @property
    def is_in_part(self) -> bool:
        """Whether the worker reads only a part of the book."""
        return bool(self.parts)

    @property
    def reads_as(self) -> ReadsAs:
        """As who the worker reads entries: who speaks for the child reads what the child may."""
        as_child = self.is_in_part and any(
            basis.role is not None and basis.role.reads_as is ReadsAs.CHILD for basis in self.bases
        )
        return ReadsAs.CHILD if as_child else ReadsAs.STAFF

    @property
    def names_children(self) -> bool:
        """Whether the reader is told who the children are (not the independent person).

        In a child's book they have the consent of that child, and the others are other children.
        """
        return self.child is not None or any(
            basis.role is None or (basis.role.names_children and basis.gives(Permission.READ_BOOK))
            for basis in self.bases
        )

    @property
    def situation(self) -> Situation:
        """How the book belongs to `home`."""
        if self.child is None:
            return Situation.HOME
        if self.left_at is None:
            return Situation.LIVES_HERE
        return Situation.LIVED_HERE_LAST if self.moved_on else Situation.LIVED_HERE_BEFORE

    def may(
        self,
        permission: StrEnum,
        *,
        form: str = "",
        used_it: bool = False,
        register: str = "",
        on: date | None = None,
    ) -> Allowed | None:
        """Return what lets the worker do something in this book, or None if they may not.

        Without a part the question is about the whole book. An appointment to a role that writes on
        a few forms then gives what it gives on any of them. A grant of a part gives nothing,
        because the worker may not see the rest of the book.

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


def reader_of(books: Iterable[SeenBook], *, worker: WorkerId) -> EntryReader:
    """Return a worker as a reader of the entries of the books they see. No query."""
    seen = list(books)
    answers_for = (book.id for book in seen if book.may(Permission.ANSWER_FOR_BOOK))
    answers_above = (book.id for book in seen if book.may(Permission.ANSWER_ABOVE))
    needs_to_know = (book.id for book in seen if _needs_to_know(book))
    granted = (basis.grant.leaf for book in seen for basis in book.bases if basis.grant)
    return EntryReader(
        worker,
        tuple(answers_for),
        tuple(answers_above),
        needs_to_know=tuple(needs_to_know),
        granted=tuple(leaf for leaf in granted if leaf is not None),
        parts=tuple(part for book in seen for part in book.parts),
    )


def _needs_to_know(book: SeenBook) -> bool:
    """Say whether the worker reads what only those who need to know read: of their child alone."""
    return any(
        basis.gives(RestrictedPermission.NEED_TO_KNOW) and basis.child in {None, book.child}
        for basis in book.bases
    )


def basis_of_look(book: SeenBook) -> str:
    """Return the id of the appointment or grant under which somebody reads a book. No query.

    Of several, the one that opens the whole book; without one, the first that opens a part.
    """
    allowed = book.may(Permission.READ_BOOK)
    basis = allowed.basis if allowed else book.bases[0]
    return basis.grant.id if basis.grant else basis.appointment


@dataclass(frozen=True, slots=True)
class WorkerRights:
    """What a worker may do in general, before they open any book."""

    worker: WorkerId
    sources: tuple[Source, ...]

    def may(self, permission: StrEnum, *, form: str = "") -> bool:
        """Say whether one of the worker's roles or grants gives a permission today, on a form."""
        return any(
            source.grant.opens(permission.value)
            if source.grant
            else source.role is not None and source.role.gives_today(permission, form=form)
            for source in self.sources
            if not source.is_over
        )

    def homes(self, permission: StrEnum) -> list[HomeId]:
        """Return the homes where the worker's roles give a permission, in the order of roles."""
        return [
            source.home
            for source in self.sources
            if source.home
            and source.role
            and not source.is_over
            and source.role.gives_today(permission)
        ]

    def appoints(self) -> list[Role]:
        """Return the roles that the worker may appoint somebody to, in their order."""
        keys = {source.role.key for source in self.sources if source.role and not source.is_over}
        return [role for role in roles() if not keys.isdisjoint(role.appointed_by)]

    def reads_everything(self) -> bool:
        """Say whether one of the worker's roles reads every book of the provider."""
        return any(
            all(source.role.gives(Permission.READ_BOOK, where) for where in ALWAYS)
            for source in self.sources
            if source.role and source.home is None and source.child is None and not source.is_over
        )

    @property
    def main_role(self) -> str:
        """The worker's highest role, in words; empty if they have none."""
        current = (source for source in self.sources if not source.is_over)
        return main_role([source.role for source in current if source.role])


def rights_of(worker: WorkerId, *, at: datetime) -> WorkerRights:
    """Return what a worker may do at `at`. 1 query."""
    return WorkerRights(worker, sources_of(worker, at=at))


def main_role(roles: Sequence[Role]) -> str:
    """Return the highest of several roles, in words."""
    return max(roles, key=lambda role: role.seniority).words if roles else ""


def seen_book(
    worker: WorkerId, book: BookId, *, at: datetime, in_part: bool = False
) -> SeenBook | None:
    """Return the book if `worker` may read it at `at`, else None. 1 query.

    With `in_part` also a book of which they may read only a part. Use it only for a page that reads
    entries through `SeenBook.reader` and shows nothing else of the book.
    """
    rows = books_reached(worker, [book], at=at)
    return next(iter(_seen(worker, rows, in_part=in_part)), None)


def book_and_rights(
    worker: WorkerId, book: BookId, *, at: datetime, in_part: bool = False
) -> tuple[SeenBook | None, WorkerRights]:
    """Return the book if `worker` may read it at `at`, and what they may do at all. 1 query.

    `in_part` as in `seen_book`.
    """
    rows, sources = book_and_sources(worker, book, at=at)
    return next(iter(_seen(worker, rows, in_part=in_part)), None), WorkerRights(worker, sources)


def seen_books(worker: WorkerId, *, at: datetime, in_part: bool = False) -> list[SeenBook]:
    """Return the books of the homes `worker` works at and of the children living there. 1 query.

    The books that were granted to them are included, with `in_part` also those of which they read
    a part. The books of children who have moved on are not, although a manager may still open them.
    """
    return _seen(worker, books_now(worker, at=at), in_part=in_part)


def books_in_part(worker: WorkerId, rights: WorkerRights, *, at: datetime) -> list[SeenBook]:
    """Return the books of which a worker reads only a part, also of children who moved on.

    1 query, none for who has no such right.
    """
    named = [source.grant.book for source in rights.sources if source.grant]
    named += [
        BookId(source.child) for source in rights.sources if source.child and source.reads_in_part
    ]
    if not named:
        return []
    rows = books_reached(worker, list(dict.fromkeys(named)), at=at)
    return [book for book in _seen(worker, rows, in_part=True) if book.is_in_part]


def moved_on(
    worker: WorkerId, *, at: datetime, before: tuple[datetime, BookId] | None = None
) -> list[SeenBook]:
    """Return books of children who live at no home any more, last to leave first. 1 query.

    It returns at most `MOVED_ON` books: of children who left `before` a moment, or who left at that
    moment and have a lower id.
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
    """Return those of these books in which `worker` has the permission `to` at `at`. 1 query.

    With `to=FINISH_OWN_DRAFT` it also returns books of children who moved on from a home where the
    worker writes. The worker may not read such a book: `may` says what they may do in it.
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
    in_part: bool = False,
) -> list[SeenBook]:
    """Return the books that the rows let the worker into. A book's first row names its home."""
    seen: dict[BookId, SeenBook] = {}
    opened: set[BookId] = set()
    for row in rows:
        basis = basis_of(row)
        part = part_of(basis, book=row.book)
        if basis.gives(Permission.READ_BOOK) or basis.gives(to) or (in_part and part):
            opened.add(row.book)
        elif part is None:
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
            face=row.face,
            moved_on=row.situation is Situation.LIVED_HERE_LAST,
        )
    return [book for book in seen.values() if book.id in opened]
