"""Opening a home, appointing workers, admitting children: each one sealed entry."""

from datetime import date, datetime

from casebound.foundation.base.ids import BookId, ChildId, HomeId, WorkerId, new_id
from casebound.foundation.base.times import utc_text
from casebound.ledger.projecting.actions import seal_and_project
from casebound.ledger.projecting.kinds import Kind
from casebound.ledger.sealing.actions import NewEntry, open_book
from casebound.people.homes import reads
from casebound.people.homes.entries import (
    AppointmentEnded,
    ChildAdmitted,
    HomeOpened,
    PlacementEnded,
    Role,
    WorkerAppointed,
)


def open_home(
    *, name: str, address: str, is_office: bool = False, by: WorkerId, at: datetime
) -> HomeId:
    """Open a home and its book."""
    home = HomeId(new_id())
    fact = HomeOpened(home_id=home, name=name, address=address, is_office=is_office)
    _seal(fact, open_book(), by=by, at=at)
    return home


def appoint(
    *,
    worker: WorkerId,
    full_name: str,
    role: Role,
    home: HomeId | None,
    child: ChildId | None = None,
    from_at: datetime,
    to_at: datetime | None = None,
    by: WorkerId,
    at: datetime,
) -> str:
    """Appoint a worker; without a home, for the whole provider. Return the appointment's id."""
    appointment = new_id()
    fact = WorkerAppointed(
        appointment_id=appointment,
        worker_id=worker,
        full_name=full_name,
        role=role.value,
        home_id=home,
        child_id=child,
        from_at=utc_text(from_at),
        to_at=utc_text(to_at) if to_at else None,
    )
    # What concerns the whole provider is written in the office's book.
    _seal(fact, reads.book_of_home(home), by=by, at=at)
    return appointment


def end_appointment(*, appointment: str, to_at: datetime, by: WorkerId, at: datetime) -> None:
    """End an appointment."""
    fact = AppointmentEnded(appointment_id=appointment, to_at=utc_text(to_at))
    _seal(fact, reads.book_of_appointment(appointment), by=by, at=at)


def admit_child(
    *,
    home: HomeId,
    full_name: str,
    called: str,
    pronouns: str,
    born_on: date,
    face: int,
    from_at: datetime,
    by: WorkerId,
    at: datetime,
) -> ChildId:
    """Admit a child: the child has a book from now on (P01). Return the child's id."""
    book = open_book()
    fact = ChildAdmitted(
        child_id=book,
        placement_id=new_id(),
        home_id=home,
        from_at=utc_text(from_at),
        full_name=full_name,
        called=called,
        pronouns=pronouns,
        born_on=born_on.isoformat(),
        face=face,
    )
    _seal(fact, book, by=by, at=at)
    return ChildId(book)


def end_placement(*, placement: str, to_at: datetime, by: WorkerId, at: datetime) -> None:
    """End a child's time at a home."""
    fact = PlacementEnded(placement_id=placement, to_at=utc_text(to_at))
    _seal(fact, reads.book_of_placement(placement), by=by, at=at)


def _seal(fact: Kind, book: BookId, *, by: WorkerId, at: datetime) -> None:
    seal_and_project(
        NewEntry(books=(book,), parts=fact.parts(), signed_by=by, signed_at=at, auth="password")
    )
