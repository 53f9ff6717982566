"""Questions about security events. Which of them a reader sees, `people.access` decides."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Q

from casebound.foundation.base.ids import WorkerId
from casebound.people.events.kinds import ALARMS, OWN, EventKind
from casebound.people.events.models import KnownDevice, SecurityEvent, SecurityNotice
from casebound.people.events.rules import device_id

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class SecurityEventSeen:
    """An event as a list shows it; see `models.SecurityEvent`."""

    id: int
    at: datetime
    kind: EventKind
    worker: WorkerId
    by: WorkerId
    browser: str
    address: str
    is_known: bool
    what: str
    about_id: str


@dataclass(frozen=True, slots=True)
class DeviceSeen:
    """A browser on which somebody signed in."""

    browser: str
    first_at: datetime
    last_at: datetime


def own_events(worker: str, *, count: int = PAGE) -> list[SecurityEventSeen]:
    """Return what a person is shown about themself, newest first. 1 query.

    Not what they were refused: an answer that something is not there stays the same answer.
    """
    rows = SecurityEvent.objects.filter(worker_id=worker, kind__in=[kind.value for kind in OWN])
    return [_seen(row) for row in rows.order_by("-id")[:count]]


def events_of(
    workers: Collection[str] | None,
    *,
    books: Collection[str] = (),
    before: int | None = None,
    count: int = PAGE,
) -> list[SecurityEventSeen]:
    """Return the events of these people and looks at these books, newest first. 1 query.

    None means everybody. `before` is the id of the last event that was shown.
    """
    rows = SecurityEvent.objects.filter(_among(workers, books))
    if before is not None:
        rows = rows.filter(id__lt=before)
    return [_seen(row) for row in rows.order_by("-id")[:count]]


def alarms_since(
    workers: Collection[str] | None, *, books: Collection[str] = (), since: datetime
) -> dict[EventKind, int]:
    """Return how many alarms of each kind there were. 1 query."""
    rows = SecurityEvent.objects.filter(
        _among(workers, books), at__gt=since, kind__in=[kind.value for kind in ALARMS]
    )
    counts = rows.values_list("kind").annotate(Count("id"))
    return {EventKind(kind): number for kind, number in sorted(counts)}


def notices_of(worker: str) -> list[SecurityEventSeen]:
    """Return what a person is to be told and has not seen, oldest first, at most 50. 1 query."""
    rows = SecurityNotice.objects.filter(worker_id=worker, seen_at=None).select_related("event")
    return [_seen(row.event) for row in rows.order_by("id")[:PAGE]]


def count_notices(worker: str) -> int:
    """Return how much a person is to be told. 1 query."""
    return SecurityNotice.objects.filter(worker_id=worker, seen_at=None).count()


def devices_of(worker: str) -> list[DeviceSeen]:
    """Return the browsers on which a person signed in, the last used first. 1 query."""
    rows = KnownDevice.objects.filter(worker_id=worker).order_by("-last_at", "id")[:PAGE]
    return [DeviceSeen(row.browser, row.first_at, row.last_at) for row in rows]


def browsers_named(devices: Iterable[str]) -> dict[str, str]:
    """Return what each of these browsers is called: `Chrome, Windows`. 1 query."""
    rows = KnownDevice.objects.filter(id__in=list(devices))
    return dict(rows.values_list("id", "browser"))


def is_known_device(worker: str, token: str) -> bool:
    """Say whether a person signed in on the browser that holds `token`. 1 query, none without."""
    return bool(token) and KnownDevice.objects.filter(id=device_id(token, worker)).exists()


def last_event(worker: str, kinds: Iterable[EventKind]) -> SecurityEventSeen | None:
    """Return the last event of these kinds about a person. 1 query."""
    rows = SecurityEvent.objects.filter(worker_id=worker, kind__in=[kind.value for kind in kinds])
    row = rows.order_by("-at", "-id").first()
    return _seen(row) if row else None


def _among(workers: Collection[str] | None, books: Collection[str]) -> Q:
    if workers is None:
        return Q()
    of_people = Q(worker_id__in=list(workers))
    looks = Q(about_id__in=list(books), kind=EventKind.REFUSED_LOOK.value)
    return of_people | looks if books else of_people


def _seen(row: SecurityEvent) -> SecurityEventSeen:
    return SecurityEventSeen(
        row.id,
        row.at,
        EventKind(row.kind),
        WorkerId(row.worker_id),
        WorkerId(row.by_id),
        row.browser,
        row.address,
        row.known,
        row.what,
        row.about_id,
    )
