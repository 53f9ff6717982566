"""By which appointments and grants somebody reads a book, for who answers for that book.

Nothing here shows what the book says, and none of it is a way in.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from casebound.foundation.base.ids import ChildId, HomeId, WorkerId
from casebound.people.access.allowed import Basis, basis_of, part_of
from casebound.people.access.reads import SeenBook
from casebound.people.homes.appointments import (
    AppointmentLine,
    appointments_listed,
    visitors_of,
    workers_at,
    workers_with_roles,
)
from casebound.people.homes.consented import consents_of
from casebound.people.homes.consents import Party
from casebound.people.homes.reach import books_reached
from casebound.people.homes.reads import GrantSeen, grants_of
from casebound.people.restricted.parts import BookPart
from casebound.people.rights.rights import roles
from casebound.people.rights.shape import Permission, Works


@dataclass(frozen=True, slots=True)
class WayIn:
    """An appointment or a grant that reaches a book.

    Attributes:
        basis: what it gives.
        reads: whether it lets them read, the whole book or `part`.
        part: the only part that it opens; None for the whole book.
        appointment: the appointment; None for a grant.
        grant: the grant; None for an appointment.
    """

    basis: Basis
    reads: bool
    part: BookPart | None
    appointment: AppointmentLine | None = None
    grant: GrantSeen | None = None


@dataclass(frozen=True, slots=True)
class Ways:
    """How somebody gets at a book at a moment, and what was or will be.

    Attributes:
        now: what reaches the book now.
        others: their appointments that do not reach it now: over, to come, or elsewhere.
        grants_over: grants of this book that were theirs and have ended.
        consents: what each party says to the independent person; None: no answer counts.
    """

    now: tuple[WayIn, ...]
    others: tuple[AppointmentLine, ...]
    grants_over: tuple[GrantSeen, ...]
    consents: dict[Party, bool | None]

    @property
    def reads(self) -> bool:
        """Whether they read the book, or a part of it."""
        return any(way.reads for way in self.now)


def ways_into(book: SeenBook, person: WorkerId, *, at: datetime) -> Ways:
    """Return how somebody gets at a book. The asker answers for it. At most 6 queries.

    Raises:
        NotAllowedError: the asker does not answer for the book.
    """
    book.check_may(Permission.ANSWER_FOR_BOOK)
    appointed = {line.id: line for line in appointments_listed(person)}
    granted = {grant.id: grant for grant in grants_of(book.id) if grant.worker == person}
    now = []
    for row in books_reached(person, [book.id], at=at):
        basis = basis_of(row)
        part = part_of(basis, book=book.id)
        if basis.gives(Permission.READ_BOOK):
            part = None
        now.append(
            WayIn(
                basis,
                part is not None or basis.gives(Permission.READ_BOOK),
                part,
                appointed.get(basis.appointment),
                granted.get(basis.grant.id) if basis.grant else None,
            )
        )
    reached = {way.basis.appointment for way in now}
    return Ways(
        tuple(now),
        tuple(line for line in appointed.values() if line.id not in reached),
        tuple(grant for grant in granted.values() if grant.to_at <= at),
        _consents(book.child, book.home, at=at),
    )


def people_about(books: Iterable[SeenBook], *, at: datetime) -> set[WorkerId]:
    """Return who has to do with these books: works there, visits a child, or has a grant.

    1 query for each home, 2 for each book, and 1.
    """
    listed = list(books)
    everywhere = [role.key for role in roles() if Works.PROVIDER in role.works]
    people = {worker for worker, _, home in workers_with_roles(everywhere, at=at) if home is None}
    for home in dict.fromkeys(book.home for book in listed):
        people |= {worker for worker, _ in workers_at(home, at=at)}
    for book in listed:
        if book.child is not None:
            people |= {line.worker for line in visitors_of(book.child, at=at)}
        people |= {grant.worker for grant in grants_of(book.id) if grant.to_at > at}
    return people


def _consents(child: ChildId | None, home: HomeId, *, at: datetime) -> dict[Party, bool | None]:
    said: dict[Party, bool | None] = dict.fromkeys(Party)
    for answer in consents_of(child) if child else []:
        if answer.counts(at) and answer.home == home:
            said[answer.party] = answer.given
    return said
