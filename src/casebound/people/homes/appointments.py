"""Questions about appointments: who has which role where, at a moment or ever."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from casebound.foundation.base.ids import ChildId, HomeId, WorkerId
from casebound.ledger.projecting.rows import Rows
from casebound.people.homes.holding import holds, not_over
from casebound.people.homes.marked import marked
from casebound.people.homes.models import Appointment
from casebound.people.homes.reads import AT_MOST
from casebound.people.rights.rights import role_of
from casebound.people.rights.shape import Permission, Role


@dataclass(frozen=True, slots=True)
class AppointmentSeen:
    """A role a worker has now."""

    role: Role
    home: HomeId | None
    child: ChildId | None


@dataclass(frozen=True, slots=True)
class AppointmentLine:
    """An appointment as it stands in a list; without `to_at` it has no end yet."""

    id: str
    worker: WorkerId
    role: Role
    home: HomeId | None
    child: ChildId | None
    from_at: datetime
    to_at: datetime | None
    reason: str
    appointed_by: WorkerId


def appointments_of(worker: WorkerId, *, at: datetime) -> tuple[AppointmentSeen, ...]:
    """Return the roles a worker has at `at`. 1 query."""
    rows = Appointment.objects.filter(holds(at), worker_id=worker).order_by("from_at", "id")
    lines = (_appointment(row) for row in marked(rows))
    return tuple(AppointmentSeen(line.role, line.home, line.child) for line in lines)


def appointments_to_sign_with(worker: WorkerId, *, at: datetime) -> tuple[AppointmentSeen, ...]:
    """Return the roles a worker has at `at`, or in which they still finish their drafts. 1 query.

    See `Role.after_end`.
    """
    rows = Appointment.objects.filter(worker_id=worker, from_at__lte=at).order_by("from_at", "id")
    return tuple(
        AppointmentSeen(line.role, line.home, line.child)
        for line in map(_appointment, marked(rows))
        if line.to_at is None or at < line.to_at + line.role.after_end
    )


def workers_at(home: HomeId, *, at: datetime) -> list[tuple[WorkerId, Role]]:
    """Return who works at a home at `at`, with their role there. 1 query."""
    rows = Appointment.objects.filter(holds(at), home_id=home).order_by(
        "worker_id", "from_at", "id"
    )
    return [(WorkerId(row.worker_id), role_of(row.role)) for row in marked(rows)]


def last_role_at(worker: WorkerId, home: HomeId) -> Role | None:
    """Return the role a worker has at a home or had there last; None if never. 1 query."""
    rows = Appointment.objects.filter(worker_id=worker, home_id=home).order_by("-from_at", "-id")
    return next((role_of(row.role) for row in marked(rows)), None)


def roles_of(
    workers: Iterable[WorkerId], *, at: datetime
) -> dict[WorkerId, list[tuple[Role, HomeId | None]]]:
    """Return the roles each of these workers has at `at`, with the home. 1 query."""
    rows = Appointment.objects.filter(holds(at), worker_id__in=list(workers)).order_by(
        "from_at", "id"
    )
    roles: dict[WorkerId, list[tuple[Role, HomeId | None]]] = {}
    for line in (_appointment(row) for row in marked(rows)):
        held = (line.role, line.home)
        if held not in (roles_held := roles.setdefault(line.worker, [])):
            roles_held.append(held)
    return roles


def workers_with_roles(
    keys: Iterable[str], *, at: datetime
) -> list[tuple[WorkerId, Role, HomeId | None]]:
    """Return who has one of these roles at `at`, and at which home (None: everywhere). 1 query."""
    rows = Appointment.objects.filter(holds(at), role__in=list(keys)).order_by("from_at", "id")
    lines = (_appointment(row) for row in marked(rows))
    return [(line.worker, line.role, line.home) for line in lines]


def appointments_held(keys: Iterable[str], *, at: datetime) -> list[AppointmentLine]:
    """Return the appointments to one of these roles that hold at `at`, oldest first. 1 query."""
    rows = Appointment.objects.filter(holds(at), role__in=list(keys)).order_by("from_at", "id")
    return [_appointment(row) for row in marked(rows)]


def roles_ever_held(keys: Iterable[str]) -> bool:
    """Say whether anybody has or ever had one of these roles, or will. 1 query."""
    return bool(marked(Appointment.objects.filter(role__in=list(keys))))


def appointments_listed(worker: WorkerId) -> list[AppointmentLine]:
    """Return every appointment of a worker, newest first, at most 200. 1 query."""
    rows = Appointment.objects.filter(worker_id=worker).order_by("-from_at", "-id")
    return [_appointment(row) for row in marked(rows[:AT_MOST])]


def for_a_time_at(home: HomeId, *, at: datetime) -> list[AppointmentLine]:
    """Return the appointments at a home that last a time and have not ended at `at`. 1 query."""
    rows = Appointment.objects.filter(not_over(at), home_id=home).order_by("from_at", "id")
    return [line for line in map(_appointment, marked(rows)) if line.role.is_for_a_time]


def visitors_of(child: ChildId, *, at: datetime) -> list[AppointmentLine]:
    """Return the appointments of visitors for a child that have not ended at `at`. 1 query."""
    rows = Appointment.objects.filter(not_over(at), child_id=child, home_id=None)
    return [_appointment(row) for row in marked(rows.order_by("from_at", "id"))]


def key_workers_at(home: HomeId, *, at: datetime) -> list[AppointmentLine]:
    """Return the key workers' appointments at a home that have not ended at `at`. 1 query."""
    rows = Appointment.objects.filter(not_over(at), home_id=home, child_id__isnull=False).order_by(
        "from_at", "id"
    )
    return [_appointment(row) for row in marked(rows)]


def appointment(appointment: str) -> AppointmentLine | None:
    """Return the appointment, or None if there is none. 1 query."""
    rows = marked(Appointment.objects.filter(id=appointment))
    return next((_appointment(row) for row in rows), None)


def appointments_named(appointments: Iterable[str]) -> dict[str, AppointmentLine]:
    """Return these appointments by their ids, also those that have ended. 1 query."""
    rows = marked(Appointment.objects.filter(id__in=list(appointments)))
    return {row.id: _appointment(row) for row in rows}


def is_appointed(
    worker: WorkerId,
    role: str,
    *,
    home: HomeId | None,
    child: ChildId | None,
    from_at: datetime,
    to_at: datetime | None,
) -> bool:
    """Say whether the worker has this role there at any time from `from_at` to `to_at`. 1 query."""
    rows = Appointment.objects.filter(
        not_over(from_at), worker_id=worker, role=role, home_id=home, child_id=child
    )
    return bool(marked(rows if to_at is None else rows.filter(from_at__lt=to_at)))


def heads_of(home: HomeId, *, at: datetime) -> frozenset[WorkerId]:
    """Return who is the registered manager of a home at `at`. 1 query."""
    rows = Appointment.objects.filter(holds(at), Q(home_id=home) | Q(home_id=None))
    return frozenset(WorkerId(row.worker_id) for row in marked(rows) if _heads(role_of(row.role)))


def heads_as_projected(worker: str, home: str, *, at: datetime, rows: Rows) -> bool:
    """Say whether a worker is the registered manager, for a later room's projection. 1 query.

    A deputy is not: the registered manager deals with what is about them.
    """
    return any(
        _heads(role_of(row.role))
        for row in marked(rows.find(Appointment, worker_id=worker))
        if row.home_id in {home, None}
        and row.from_at <= at
        and (row.to_at is None or at < row.to_at)
    )


def _heads(role: Role) -> bool:
    return role.gives_today(Permission.GRANT_ACCESS) and not role.gives_today(
        Permission.ANSWER_ABOVE
    )


def _appointment(row: Appointment) -> AppointmentLine:
    return AppointmentLine(
        row.id,
        WorkerId(row.worker_id),
        role_of(row.role),
        HomeId(row.home_id) if row.home_id else None,
        ChildId(row.child_id) if row.child_id else None,
        row.from_at,
        row.to_at,
        row.reason,
        WorkerId(row.appointed_by),
    )
