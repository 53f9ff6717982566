"""The role a worker signs with in a book: of those that write, the one that reaches furthest."""

from datetime import datetime

from casebound.people.access.reads import SeenBook
from casebound.people.access.rules import WRITERS
from casebound.people.homes.entries import Role
from casebound.people.homes.reads import appointments_of

_RANK = tuple(Role)


def role_in(book: SeenBook, *, at: datetime) -> str:
    """Return the role, as people say it, in which the worker signs in this book. 1 query.

    Who is also a system administrator, say, still signs as what they write as.
    """
    roles = [
        one.role
        for one in appointments_of(book.worker, at=at)
        if one.role in WRITERS and one.home in (None, book.home) and one.child in (None, book.child)
    ]
    return max(roles, key=_RANK.index).words if roles else ""
