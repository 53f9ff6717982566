"""Homes, children, placements and appointments, worked out from the entries."""

from datetime import date

from casebound.foundation.base.times import instant
from casebound.ledger.projecting.registry import Projection
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.homes.entries import (
    AccessGranted,
    AppointmentEnded,
    ChildAdmitted,
    GrantEnded,
    HomeOpened,
    PlacementBegun,
    PlacementEnded,
    WorkerAppointed,
)
from casebound.people.homes.models import Appointment, Child, Grant, Home, Placement


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


def access_granted(entry: ReadEntry, fact: AccessGranted, rows: Rows) -> None:
    """Add the grant. It is of the book it is sealed in."""
    rows.add(
        Grant,
        id=fact.grant_id,
        worker_id=fact.worker_id,
        book_id=next(iter(entry.pages)),
        permission=fact.permission,
        form=fact.form or "",
        register=fact.register or "",
        period_from=date.fromisoformat(fact.period_from) if fact.period_from else None,
        period_to=date.fromisoformat(fact.period_to) if fact.period_to else None,
        reason=fact.reason,
        from_at=instant(fact.from_at),
        to_at=instant(fact.to_at),
        granted_by=entry.signed_by,
    )


def grant_ended(entry: ReadEntry, fact: GrantEnded, rows: Rows) -> None:
    """End the grant."""
    rows.change(Grant, {"id": fact.grant_id}, to_at=instant(fact.to_at))


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
    version=3,
    tables=(Home, Child, Placement, Appointment, Grant),
    on={
        HomeOpened.kind: home_opened,
        WorkerAppointed.kind: worker_appointed,
        AppointmentEnded.kind: appointment_ended,
        ChildAdmitted.kind: child_admitted,
        PlacementEnded.kind: placement_ended,
        PlacementBegun.kind: placement_begun,
        AccessGranted.kind: access_granted,
        GrantEnded.kind: grant_ended,
    },
)
