"""The role a worker signs with in a book: their most senior role that may write there."""

from datetime import datetime

from casebound.people.access.reads import SeenBook, main_role
from casebound.people.homes.appointments import appointments_to_sign_with
from casebound.people.rights.shape import Permission


def role_in(book: SeenBook, *, at: datetime, form: str = "") -> str:
    """Return the role, in words, in which the worker signs in this book, on a form. 1 query.

    A worker who is also a system administrator still signs in the role that writes; and a manager
    who is also the responsible individual signs a daily log as the manager.
    """
    writing = [
        appointment.role
        for appointment in appointments_to_sign_with(book.worker, at=at)
        if appointment.role.gives_today(Permission.WRITE_ENTRY)
        and appointment.home in (None, book.home)
        and appointment.child in (None, book.child)
    ]
    # A form that asks somebody by name is in no role's list.
    on_form = [role for role in writing if role.gives_today(Permission.WRITE_ENTRY, form=form)]
    return main_role(on_form or writing)
