"""Keeping an event, telling somebody of it, and getting to know a device."""

import logging
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from django.db import DatabaseError, transaction

from casebound.people.events.kinds import EventKind
from casebound.people.events.models import KnownDevice, SecurityEvent, SecurityNotice
from casebound.people.events.rules import AT_MOST, IN, KEPT, device_id
from casebound.people.events.whence import NOWHERE, Whence

logger = logging.getLogger(__name__)


def note_event(
    *,
    kind: EventKind,
    about: str,
    by: str,
    at: datetime,
    whence: Whence = NOWHERE,
    what: str = "",
    about_id: str = "",
    tell: Iterable[str] = (),
) -> None:
    """Keep an event, and tell these people at their next sign-in. 2 queries, 1 more if it tells.

    Of one kind about one person, an hour keeps 30 at most: so a guesser cannot fill the disk.

    Args:
        kind: what happened.
        about: the account it is about; empty if there is none of the name that was typed.
        by: who did it; empty if nobody was signed in.
        at: now.
        whence: the browser and the address it came from.
        what: one of the kind's list, such as the name of a page.
        about_id: the book, home, draft or request.
        tell: the accounts of those who are told.
    """
    lately = SecurityEvent.objects.filter(worker_id=about, kind=kind.value, at__gt=at - IN)
    if lately.count() >= AT_MOST:
        return
    with transaction.atomic(using="default"):
        event = SecurityEvent.objects.create(
            at=at,
            kind=kind.value,
            worker_id=about,
            by_id=by,
            browser=whence.browser,
            address=whence.address,
            known=whence.is_known,
            what=what,
            about_id=about_id,
        )
        told = [
            SecurityNotice(event=event, worker_id=worker)
            for worker in dict.fromkeys(tell)
            if worker
        ]
        if told:
            SecurityNotice.objects.bulk_create(told)


def note_not_on_log(*, table: str, row: str, about: str, by: str, at: datetime) -> None:
    """Keep that a row was refused because casebound did not write it. Once a process for a row.

    It is kept where a right was asked for, so a store that cannot be written to stops nothing.
    """
    if (table, row) in _REFUSED:
        return
    _REFUSED.add((table, row))
    logger.error("row %s of %s was not written by casebound: it is refused", row, table)
    with suppress(DatabaseError), transaction.atomic(using="default"):
        note_event(
            kind=EventKind.NOT_ON_LOG, about=about, by=by, at=at, what=table, about_id=row[:32]
        )


_REFUSED: set[tuple[str, str]] = set()


def note_seen(*, by: str, at: datetime) -> None:
    """Note that somebody saw everything they were to be told. 1 query."""
    SecurityNotice.objects.filter(worker_id=by, seen_at=None).update(seen_at=at)


def know_device(*, token: str, browser: str, by: str, at: datetime) -> None:
    """Note that somebody signed in, with both proofs, on the browser that holds `token`."""
    KnownDevice.objects.bulk_create(
        [
            KnownDevice(
                id=device_id(token, by), worker_id=by, browser=browser, first_at=at, last_at=at
            )
        ],
        update_conflicts=True,
        update_fields=["last_at", "browser"],
        unique_fields=["id"],
    )


def forget_devices(*, of: str, by: str, at: datetime) -> None:  # noqa: ARG001 (actions say who)
    """Forget every device of a person: their password or their second factor was reset."""
    KnownDevice.objects.filter(worker_id=of).delete()


def forget_old_events(*, by: str, at: datetime) -> int:  # noqa: ARG001 (actions say who)
    """Take away what has been kept for its time. Return how many events."""
    KnownDevice.objects.filter(last_at__lt=at - KEPT).delete()
    SecurityNotice.objects.filter(event__at__lt=at - KEPT).delete()
    gone, _ = SecurityEvent.objects.filter(at__lt=at - KEPT).delete()
    return gone
