"""A person says why they read so much, and those who answer for the homes are told (P13)."""

from datetime import datetime

from casebound.foundation.base.ids import BookId, WorkerId
from casebound.people.access.reading_much import IN, looks_since
from casebound.people.events.actions import note_event
from casebound.people.events.kinds import EventKind
from casebound.people.events.whence import NOWHERE, Whence
from casebound.people.events.whys import Why
from casebound.people.homes.appointments import appointments_of, heads_of, workers_with_roles
from casebound.people.homes.reach import books_reached
from casebound.people.rights.rights import roles
from casebound.people.rights.shape import Permission


def say_why(*, why: Why, by: WorkerId, at: datetime, whence: Whence = NOWHERE) -> None:
    """Keep the reason as a security event, and tell it. As many pages as before open from now on.

    The administrator is told, and the registered managers of the homes where the person works or
    whose books they read. Of a manager, the responsible individual is told too.
    """
    note_event(
        kind=EventKind.READ_MUCH,
        about=by,
        by=by,
        at=at,
        whence=whence,
        what=why.value,
        tell=_told_of(by, at=at),
    )


def _told_of(worker: WorkerId, *, at: datetime) -> list[WorkerId]:
    appointments = appointments_of(worker, at=at)
    homes = {appointment.home for appointment in appointments if appointment.home}
    if books := sorted({BookId(book) for book, *_ in looks_since(worker, at - IN)}):
        homes |= {reached.home for reached in books_reached(worker, books, at=at)}
    heads = {head for home in homes for head in heads_of(home, at=at)}
    keys = [role.key for role in roles() if role.gives_today(Permission.MANAGE_ACCOUNTS)]
    if worker in heads or not heads:
        keys += [role.key for role in roles() if role.gives_today(Permission.ANSWER_ABOVE)]
    above = {other for other, _, _ in workers_with_roles(keys, at=at)}
    return sorted((heads | above) - {worker})
