"""Somebody in a role, and where they look, in the made-up provider."""

from datetime import datetime, timedelta

from django.utils import timezone

from casebound.people.accounts.actions import give_password
from casebound.people.homes import actions as homes
from casebound.people.homes.rules import can_have
from casebound.people.homes.tests.build import appointed
from casebound.people.rights.rights import role_of, roles
from casebound.people.rights.shape import Permission, Role
from casebound.people.staff.actions import open_account
from tests.made_up import PASSWORD, MadeUp, Worker

NO_ADMINISTRATORS = [
    role.key for role in roles() if not role.gives_today(Permission.MANAGE_ACCOUNTS)
]


def somebody(made_up: MadeUp, role: str | None) -> Worker:
    """Open an account for Ada Kern, in a role at Oak House or in the whole provider."""
    ada = account(made_up, "ada.kern", "Ada Kern")
    if role is not None and not role_of(role).appointed_by:
        appointed(role, None, worker=ada.id)  # nobody may appoint to it yet
    elif role is not None:
        homes.appoint(
            worker=ada.id,
            full_name=ada.full_name,
            role=role,
            home=None if _is_without_home(role_of(role)) else made_up.oak,
            child=made_up.jay.id if role_of(role).is_of_one_child else None,
            from_at=made_up.now if role_of(role).is_for_a_time else made_up.began,
            to_at=_end(role_of(role), made_up),
            reason="The home asked for it." if role_of(role).is_for_a_time else "",
            by=made_up.alex.id,
            at=made_up.now,
        )
    return ada


def _is_without_home(role: Role) -> bool:
    return any(can_have(role, at_home=False, of_child=of_child) for of_child in (False, True))


def _end(role: Role, made_up: MadeUp) -> datetime | None:
    return made_up.now + role.longest if role.longest else None


def people_named(made_up: MadeUp, *names: str) -> None:
    """Open accounts for residential workers of Oak House."""
    for number, name in enumerate(names):
        worker = account(made_up, f"person{number}", name)
        homes.appoint(
            worker=worker.id,
            full_name=name,
            role="residential_worker",
            home=made_up.oak,
            from_at=made_up.began,
            by=made_up.alex.id,
            at=made_up.now,
        )


def account(made_up: MadeUp, username: str, full_name: str) -> Worker:
    """Open an account that can sign in."""
    made = open_account(username=username, full_name=full_name, by=None, at=made_up.began)
    give_password(account=made, password=PASSWORD, by=None)
    return Worker(made, username, full_name)


def once_appointed(made_up: MadeUp, worker: Worker, *, days_ago: int) -> None:
    """Appoint somebody senior on shift for a day, long past."""
    from_at = made_up.began - timedelta(days=days_ago + 1)
    homes.appoint(
        worker=worker.id,
        full_name=worker.full_name,
        role="senior",
        home=made_up.oak,
        from_at=from_at,
        to_at=from_at + timedelta(days=1),
        by=made_up.alex.id,
        at=made_up.now,
    )


def moment(name: str, at: str = "") -> dict[str, str]:
    """Return what a date and time field sends: `2026-01-05T09:30`, or now (with BST or GMT)."""
    now = timezone.localtime()
    day, _, time = (at or f"{now:%Y-%m-%dT%H:%M}").partition("T")
    zone = {} if at else {f"{name}_zone": f"{now:%Z}"}
    return {f"{name}_date": day, f"{name}_time": time, **zone}
