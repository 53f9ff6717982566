"""Appointing workers, and ending their appointments. Their rights follow from these."""

from datetime import datetime
from typing import Final

from casebound.foundation.base.ids import BookId, ChildId, HomeId, WorkerId
from casebound.foundation.base.times import utc_text
from casebound.ledger.projecting.kinds import Words
from casebound.ledger.sealing.once import Once
from casebound.people.homes import appointments, reads
from casebound.people.homes.actions.sealing import seal_checked
from casebound.people.homes.entries import AppointmentEnded, WorkerAppointed
from casebound.people.homes.refusals import (
    AppointedAlreadyError,
    EndBeforeStartError,
    EndedAlreadyError,
    LastsTooLongError,
    NoAppointmentReasonError,
    NoEndError,
    NoOfficeError,
    NoSuchHomeError,
    NotLivingHereError,
    NotOfferedError,
    OverAlreadyError,
    OwnAppointmentError,
    RoleReachError,
    UnlikelyEndError,
    UnlikelyTimeError,
)
from casebound.people.homes.rules import NOTICE, can_have, is_likely
from casebound.people.rights.rights import role_of
from casebound.people.rights.shape import Permission, Role

LONGEST_REASON: Final = 1_000


def appoint(
    *,
    worker: WorkerId,
    full_name: str,
    role: str,
    home: HomeId | None,
    child: ChildId | None = None,
    from_at: datetime,
    to_at: datetime | None = None,
    reason: str = "",
    by: WorkerId,
    at: datetime,
    auth: str = "password",
    key: str = "",
) -> str:
    """Appoint a worker; without a home, for the whole provider. Return the appointment's id.

    With a child and without a home, a visitor is appointed for that child. It may begin up to three
    months from now. It is sealed in the book of the home, of the office for the whole provider, and
    of the child for a visitor of the child.

    Raises:
        NotOfferedError: nobody may appoint anybody to the role.
        RoleReachError: the role is not one for a home (or the whole provider, or a child).
        NoSuchHomeError: there is no such home.
        NoOfficeError: there is no office yet.
        NotLivingHereError: the child does not live at the home.
        UnlikelyTimeError: it begins too far ahead or too long ago.
        EndBeforeStartError: it would end before it begins.
        NoEndError: a role for a time has no end.
        OverAlreadyError: a role for a time would be over already.
        LastsTooLongError: a role for a time would last too long.
        NoAppointmentReasonError: a role for a time has no reason, or the reason is too long.
        AppointedAlreadyError: the worker has the role there at that time.
    """
    book = check_appointment(role=role, home=home, child=child, from_at=from_at, to_at=to_at, at=at)
    reason = " ".join(reason.split())
    if len(reason) > LONGEST_REASON or (not reason and _role(role).is_for_a_time):
        raise NoAppointmentReasonError

    def check() -> None:
        if child and home and not reads.lives_at(child, home, at=at):
            raise NotLivingHereError
        if appointments.is_appointed(
            worker, role, home=home, child=child, from_at=from_at, to_at=to_at
        ):
            raise AppointedAlreadyError

    once = Once.of(key, by)
    appointment = once.id_of("appointment")
    fact = WorkerAppointed(
        appointment_id=appointment,
        worker_id=worker,
        full_name=full_name,
        role=role,
        home_id=home,
        child_id=child,
        from_at=utc_text(from_at),
        to_at=utc_text(to_at) if to_at else None,
        reason=Words(reason) if reason else None,
    )
    seal_checked(fact=fact, book=book, check=check, once=once, at=at, auth=auth)
    return appointment


def check_appointment(
    *,
    role: str,
    home: HomeId | None,
    child: ChildId | None = None,
    from_at: datetime,
    to_at: datetime | None = None,
    at: datetime,
) -> BookId:
    """Check what can be known of an appointment before it is made. Return the book it stands in.

    Raises:
        HomesRefusedError: as `appoint` says.
    """
    appointed = _role(role)
    if not can_have(appointed, at_home=home is not None, of_child=child is not None):
        raise RoleReachError
    if not is_likely(from_at, now=at, ahead=NOTICE):
        raise UnlikelyTimeError
    if to_at is not None and to_at <= from_at:
        raise EndBeforeStartError
    _check_time(appointed, from_at=from_at, to_at=to_at, at=at)
    if child is not None and home is None:
        return BookId(child)
    book = reads.book_of(home)
    if book is None:
        raise NoOfficeError if home is None else NoSuchHomeError
    return book


def _check_time(role: Role, *, from_at: datetime, to_at: datetime | None, at: datetime) -> None:
    if role.longest is None:
        return
    if to_at is None:
        raise NoEndError
    if to_at <= at:
        raise OverAlreadyError
    if to_at > from_at + role.longest:
        raise LastsTooLongError


def _role(key: str) -> Role:
    try:
        role = role_of(key)
    except KeyError as unknown:
        raise RoleReachError from unknown
    if not role.appointed_by:
        raise NotOfferedError
    return role


def end_appointment(
    *,
    appointment: str,
    to_at: datetime,
    by: WorkerId,
    at: datetime,
    reason: str = "",
    auth: str = "password",
    key: str = "",
) -> None:
    """End an appointment, now, in the past, or up to three months from now.

    Raises:
        EndedAlreadyError: it has ended, or never existed.
        EndBeforeStartError: the end is before the beginning.
        UnlikelyEndError: the end is too far ahead.
        OwnAppointmentError: a system administrator would end their own.
    """
    if not is_likely(to_at, now=at, ahead=NOTICE):
        raise UnlikelyEndError
    ending = appointments.appointment(appointment)
    book = _book_of(ending) if ending else None
    if ending is None or book is None:
        raise EndedAlreadyError

    def check() -> None:
        now = appointments.appointment(appointment)
        if now is None or (now.to_at is not None and now.to_at <= max(at, to_at)):
            raise EndedAlreadyError
        if to_at < now.from_at:
            raise EndBeforeStartError
        if now.role.gives_today(Permission.MANAGE_ACCOUNTS) and now.worker == by:
            raise OwnAppointmentError

    once = Once.of(key, by)
    words = " ".join(reason.split())
    fact = AppointmentEnded(
        appointment_id=appointment,
        to_at=utc_text(to_at),
        reason=Words(words) if words else None,
    )
    seal_checked(fact=fact, book=book, check=check, once=once, at=at, auth=auth)


def _book_of(line: appointments.AppointmentLine) -> BookId | None:
    if line.child is not None and line.home is None:
        return BookId(line.child)
    return reads.book_of(line.home)
