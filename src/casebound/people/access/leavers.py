"""Whose account a worker may end: people of the homes they answer for, and no manager's."""

from datetime import datetime

from casebound.foundation.base.ids import WorkerId
from casebound.people.access.permissions import AccountPermission
from casebound.people.access.reads import WorkerRights
from casebound.people.homes.appointments import appointments_of
from casebound.people.rights.shape import Permission, Role

END = AccountPermission.END_ACCOUNTS


def may_end(rights: WorkerRights, worker: WorkerId, *, at: datetime) -> bool:
    """Say whether somebody may sign this person out and close their account. At most 1 query.

    An administrator may, with everybody but themselves. A manager may, with who works at their
    homes and nowhere else, and is not a manager too. Nobody is let in by it, so it takes one.
    """
    if worker == rights.worker:
        return False
    if rights.may(Permission.MANAGE_ACCOUNTS):
        return True
    if not rights.may(END):
        return False
    everywhere, homes = ends_everywhere(rights), set(rights.homes(END))
    held = appointments_of(worker, at=at)
    return bool(held) and all(
        (everywhere or seen.home in homes) and not _keeps_accounts(seen.role) for seen in held
    )


def ends_everywhere(rights: WorkerRights) -> bool:
    """Say whether somebody ends accounts for the whole provider, and not home by home. No query."""
    return any(
        source.role is not None and source.home is None and source.role.gives_today(END)
        for source in rights.sources
    )


def _keeps_accounts(role: Role) -> bool:
    return role.gives_today(END) or role.gives_today(Permission.MANAGE_ACCOUNTS)
