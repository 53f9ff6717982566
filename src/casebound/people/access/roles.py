"""The role a worker signs with in a book: the one that reaches furthest."""

from datetime import datetime

from casebound.people.access.reads import SeenBook
from casebound.people.homes.entries import Role
from casebound.people.homes.reads import appointments_of

_RANK = tuple(Role)


def role_in(book: SeenBook, *, at: datetime) -> str:
    """Return the role, as people say it, in which the worker signs in this book. 1 query."""
    roles = [
        one.role
        for one in appointments_of(book.worker, at=at)
        if one.home in (None, book.home) and one.child in (None, book.child)
    ]
    return max(roles, key=_RANK.index).words if roles else ""
