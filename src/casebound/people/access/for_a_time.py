"""Which roles somebody gives for a time in a book, and who has one (P13, P63)."""

from datetime import datetime

from casebound.people.access.reads import SeenBook
from casebound.people.homes.appointments import AppointmentLine, for_a_time_at, visitors_of
from casebound.people.homes.rules import can_have
from casebound.people.rights.rights import roles
from casebound.people.rights.shape import Permission, Role


def roles_for_a_time(book: SeenBook) -> list[Role]:
    """Return the roles that a worker gives for a time: at the home of a book, or for its child."""
    if not book.may(Permission.OPEN_FOR_A_TIME):
        return []
    held = {basis.role.key for basis in book.bases if basis.role and not basis.is_over}
    return [
        role
        for role in roles()
        if role.is_for_a_time
        and not held.isdisjoint(role.appointed_by)
        and can_have(role, at_home=book.child is None, of_child=book.child is not None)
    ]


def appointments_for_a_time(book: SeenBook, *, at: datetime) -> list[AppointmentLine]:
    """Return who has such a role there and has it still, or will. 1 query."""
    return for_a_time_at(book.home, at=at) if book.child is None else visitors_of(book.child, at=at)


def may_end(book: SeenBook, appointment: AppointmentLine) -> bool:
    """Say whether the worker of a book may end an appointment: one that they could give."""
    here = (None, book.child) if book.child is not None else (book.home, None)
    return (appointment.home, appointment.child) == here and appointment.role.key in {
        role.key for role in roles_for_a_time(book)
    }
