"""Letting somebody work here or visit for a time, and ending that before its time (P13, P63).

Who manages the home gives an agency worker one shift. It ends by itself, as does every such role.
"""

from datetime import datetime

from casebound.foundation.base.ids import WorkerId
from casebound.foundation.base.refusals import NotAllowedError
from casebound.ledger.sealing.once import Once
from casebound.people.access.actions.granting import (
    NobodyToGrantToError,
    NoGrantReasonError,
    OwnGrantError,
)
from casebound.people.access.for_a_time import may_end, roles_for_a_time
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.reads import account
from casebound.people.homes import actions as homes
from casebound.people.homes.appointments import AppointmentLine
from casebound.people.rights.shape import Role


def appoint_for_a_time(
    *,
    book: SeenBook,
    worker: WorkerId,
    role: Role,
    reason: str,
    from_at: datetime,
    to_at: datetime,
    by: WorkerId,
    at: datetime,
    auth: str,
    key: str = "",
) -> str:
    """Give a role for a time, at the home of a book or for its child. Return the appointment's id.

    Raises:
        NotAllowedError: `by` may not give this role there, or gives it to themselves.
        NobodyToGrantToError: there is no such account, or it is closed.
        HomesRefusedError: as `homes.actions.appoint` says.
    """
    if book.worker != by or role not in roles_for_a_time(book):
        raise NotAllowedError
    if worker == by:
        raise OwnGrantError
    person = account(worker)
    if person is None or person.closed_at is not None:
        raise NobodyToGrantToError
    return homes.appoint(
        worker=worker,
        full_name=person.full_name,
        role=role.key,
        home=book.home if book.child is None else None,
        child=book.child,
        from_at=from_at,
        to_at=to_at,
        reason=reason,
        by=by,
        at=at,
        auth=auth,
        key=key,
    )


def end_for_a_time(
    *,
    book: SeenBook,
    appointment: AppointmentLine,
    reason: str,
    by: WorkerId,
    at: datetime,
    auth: str,
    key: str = "",
) -> None:
    """End a role for a time now.

    Raises:
        NotAllowedError: `by` could not have given it.
        NoGrantReasonError: there is no reason, or it is too long.
        EndedAlreadyError: it has ended.
    """
    if book.worker != by or not may_end(book, appointment):
        raise NotAllowedError
    if not 0 < len(" ".join(reason.split())) <= homes.LONGEST_REASON:
        raise NoGrantReasonError
    if Once.of(key, by).sealed():  # a retry, a moment later
        return
    homes.end_appointment(
        appointment=appointment.id,
        to_at=max(at, appointment.from_at),
        reason=reason,
        by=by,
        at=at,
        auth=auth,
        key=key,
    )
