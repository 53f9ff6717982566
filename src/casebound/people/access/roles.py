"""The role a worker signs with in a book: their most senior role that may write there."""

from datetime import datetime

from casebound.people.access.reads import SeenBook, main_role
from casebound.people.homes.reads import appointments_of
from casebound.people.rights.shape import Permission


def role_in(book: SeenBook, *, at: datetime) -> str:
    """Return the role, in words, in which the worker signs in this book. 1 query.

    A worker who is also a system administrator still signs in the role that writes.
    """
    return main_role(
        [
            appointment.role
            for appointment in appointments_of(book.worker, at=at)
            if appointment.role.gives_today(Permission.WRITE_ENTRY)
            and appointment.home in (None, book.home)
            and appointment.child in (None, book.child)
        ]
    )
