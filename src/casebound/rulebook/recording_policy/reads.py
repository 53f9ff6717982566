"""The policy as it stands, its versions, and who has read the one that holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Final

from casebound.foundation.base.ids import HomeId, WorkerId
from casebound.people.access.reads import WorkerRights
from casebound.people.accounts.reads import names_and_open
from casebound.people.homes.appointments import AppointmentLine, appointments_held
from casebound.people.rights.rights import roles
from casebound.people.rights.shape import Permission
from casebound.rulebook.recording_policy.models import PolicyReader, PolicyVersion
from casebound.rulebook.recording_policy.permissions import PolicyPermission
from casebound.rulebook.recording_policy.rules import read_by

VERSIONS: Final = 100


@dataclass(frozen=True, slots=True)
class PolicySeen:
    """A version of the policy, with what changed and who published it."""

    version: int
    text: str
    changed: str
    published_at: datetime
    published_by: WorkerId


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyDuty:
    """That a person has to read the version that holds, and by when."""

    version: int
    due_at: datetime
    is_overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyReaderSeen:
    """A person on the manager's list: when they read it, or by when they have to."""

    worker: WorkerId
    name: str
    role: str
    read_at: datetime | None
    due_at: datetime
    is_overdue: bool


@cache
def proposal() -> str:
    """Return the text that casebound ships, for a provider that has published none."""
    return (files(__package__) / "proposal.txt").read_text(encoding="utf-8").strip()


def policy_now() -> PolicySeen | None:
    """Return the version that holds; None before the first. 1 query."""
    return next(iter(policy_versions(count=1)), None)


def policy_versions(*, count: int = VERSIONS) -> list[PolicySeen]:
    """Return the versions, the one that holds first. 1 query."""
    return [_seen(row) for row in PolicyVersion.objects.order_by("-version")[:count]]


def policy_version(version: int) -> PolicySeen | None:
    """Return one version. 1 query."""
    row = PolicyVersion.objects.filter(version=version).first()
    return _seen(row) if row else None


def has_read(worker: WorkerId, version: int) -> datetime | None:
    """Return when a person said that they read a version; None if they have not. 1 query."""
    rows = PolicyReader.objects.filter(version=version, worker_id=worker)
    return rows.values_list("read_at", flat=True).first()


def duty_of(worker: WorkerId, *, at: datetime) -> PolicyDuty | None:
    """Return what a person still has to read. 1 query; 2 more, if a version is published."""
    policy = policy_now()
    if policy is None or has_read(worker, policy.version):
        return None
    began = [line.from_at for line in appointments_held(_keys(), at=at) if line.worker == worker]
    if not began:
        return None
    due_at = read_by(published_at=policy.published_at, began_at=min(began))
    return PolicyDuty(version=policy.version, due_at=due_at, is_overdue=at > due_at)


def readers(rights: WorkerRights, *, at: datetime) -> list[PolicyReaderSeen]:
    """Return who has to read the version that holds, who has not yet first. 4 queries.

    Of the homes where the asker may see it; of everybody, if they may for the whole provider.
    """
    policy = policy_now()
    if policy is None:
        return []
    lines = _watched(rights, appointments_held(_keys(), at=at))
    first = {line.worker: line for line in reversed(lines)}
    read = dict(
        PolicyReader.objects.filter(version=policy.version).values_list("worker_id", "read_at")
    )
    names = names_and_open(first)
    shown = [
        _reader(line, names[worker][0], read.get(worker), policy, at)
        for worker, line in first.items()
        if worker in names and names[worker][1]
    ]
    return sorted(shown, key=lambda reader: (reader.read_at is not None, reader.name.casefold()))


def _reader(
    line: AppointmentLine, name: str, read_at: datetime | None, policy: PolicySeen, at: datetime
) -> PolicyReaderSeen:
    due_at = read_by(published_at=policy.published_at, began_at=line.from_at)
    return PolicyReaderSeen(
        worker=line.worker,
        name=name,
        role=line.role.words,
        read_at=read_at,
        due_at=due_at,
        is_overdue=read_at is None and at > due_at,
    )


def _watched(rights: WorkerRights, lines: Sequence[AppointmentLine]) -> list[AppointmentLine]:
    may_see = PolicyPermission.SEE_POLICY_READ
    everywhere = any(
        source.role is not None and source.home is None and source.role.gives_today(may_see)
        for source in rights.sources
    )
    homes: Iterable[HomeId] = rights.homes(may_see)
    return [line for line in lines if everywhere or line.home in set(homes)]


@cache
def _keys() -> tuple[str, ...]:
    """Return the roles that write, and so have to know how."""
    return tuple(role.key for role in roles() if role.gives_today(Permission.WRITE_ENTRY))


def _seen(row: PolicyVersion) -> PolicySeen:
    return PolicySeen(
        row.version, row.text, row.changed, row.published_at, WorkerId(row.published_by)
    )
