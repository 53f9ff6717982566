"""Whose looks somebody may see: at the books of which homes, and of which people."""

from dataclasses import dataclass
from datetime import datetime

from casebound.foundation.base.ids import BookId, HomeId, WorkerId
from casebound.oversight.who_looked.permissions import LookingPermission
from casebound.people.access.reads import SeenBook, WorkerRights, moved_on, seen_books
from casebound.people.accounts.reads import full_names
from casebound.people.homes.appointments import workers_at


@dataclass(frozen=True, slots=True)
class LooksScope:
    """What a manager may see of the trail.

    Attributes:
        worker: the manager.
        books: the books they answer for, by id; those of children who moved on come last.
        everywhere: whether they answer for every book of the provider.
    """

    worker: WorkerId
    books: dict[BookId, SeenBook]
    everywhere: bool

    @property
    def asked(self) -> tuple[BookId, ...] | None:
        """The books to ask the trail about; None: every book."""
        return None if self.everywhere else tuple(self.books)

    @property
    def homes(self) -> list[HomeId]:
        """The homes whose looks are gone through, in the order of their books."""
        return list(dict.fromkeys(book.home for book in self.books.values()))


def scope_of(rights: WorkerRights, *, at: datetime) -> LooksScope:
    """Return what a worker may see of the trail. 2 queries."""
    seen = [*seen_books(rights.worker, at=at), *moved_on(rights.worker, at=at)]
    may_see = LookingPermission.SEE_WHO_LOOKED
    books = {book.id: book for book in seen if book.may(may_see)}
    everywhere = rights.reads_everything() and any(
        source.role is not None and source.home is None and source.role.gives_today(may_see)
        for source in rights.sources
    )
    return LooksScope(rights.worker, books, everywhere)


def people_of(scope: LooksScope, *, at: datetime) -> dict[WorkerId, str]:
    """Return who works at these homes, by name. 1 query a home, and 1."""
    workers = {worker for home in scope.homes for worker, _ in workers_at(home, at=at)}
    names = full_names(workers)
    return dict(sorted(names.items(), key=lambda item: item[1].casefold()))
