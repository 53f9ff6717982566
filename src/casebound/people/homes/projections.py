"""Homes, children, placements and appointments as the entries tell of them."""

from datetime import date

from casebound.foundation.base.times import instant
from casebound.ledger.projecting.registry import Projection
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.homes.entries import (
    AppointmentEnded,
    ChildAdmitted,
    HomeOpened,
    PlacementBegun,
    PlacementEnded,
    WorkerAppointed,
)
from casebound.people.homes.models import Appointment, Child, Home, Placement


def home_opened(entry: ReadEntry, fact: HomeOpened, rows: Rows) -> None:
    """Add the home."""
    rows.add(
        Home,
        id=fact.home_id,
        book_id=next(iter(entry.pages)),
        is_office=fact.is_office,
        secure=bool(fact.secure),
        name=fact.name,
        address=fact.address,
    )


def worker_appointed(entry: ReadEntry, fact: WorkerAppointed, rows: Rows) -> None:
    """Add the appointment."""
    rows.add(
        Appointment,
        id=fact.appointment_id,
        worker_id=fact.worker_id,
        role=fact.role,
        home_id=fact.home_id,
        child_id=fact.child_id,
        from_at=instant(fact.from_at),
        to_at=instant(fact.to_at) if fact.to_at else None,
    )


def appointment_ended(entry: ReadEntry, fact: AppointmentEnded, rows: Rows) -> None:
    """End the appointment."""
    rows.change(Appointment, {"id": fact.appointment_id}, to_at=instant(fact.to_at))


def child_admitted(entry: ReadEntry, fact: ChildAdmitted, rows: Rows) -> None:
    """Add the child and the placement."""
    rows.add(
        Child,
        id=fact.child_id,
        full_name=fact.full_name,
        called=fact.called,
        pronouns=fact.pronouns,
        born_on=date.fromisoformat(fact.born_on),
        face=fact.face,
    )
    _lives(fact.child_id, fact, rows)


def placement_ended(entry: ReadEntry, fact: PlacementEnded, rows: Rows) -> None:
    """End the placement."""
    rows.change(Placement, {"id": fact.placement_id}, to_at=instant(fact.to_at))


def placement_begun(entry: ReadEntry, fact: PlacementBegun, rows: Rows) -> None:
    """Add a further placement of the child whose book it is."""
    _lives(next(iter(entry.pages)), fact, rows)


def _lives(child: str, fact: ChildAdmitted | PlacementBegun, rows: Rows) -> None:
    rows.add(
        Placement,
        id=fact.placement_id,
        child_id=child,
        home_id=fact.home_id,
        from_at=instant(fact.from_at),
        to_at=None,
    )


PROJECTION = Projection(
    version=2,
    tables=(Home, Child, Placement, Appointment),
    on={
        HomeOpened.kind: home_opened,
        WorkerAppointed.kind: worker_appointed,
        AppointmentEnded.kind: appointment_ended,
        ChildAdmitted.kind: child_admitted,
        PlacementEnded.kind: placement_ended,
        PlacementBegun.kind: placement_begun,
    },
)
