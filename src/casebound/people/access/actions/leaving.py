"""Letting somebody go: their account is closed, and their appointments end, the same moment."""

from datetime import datetime

from django.conf import settings

from casebound.foundation.base.ids import WorkerId
from casebound.ledger.sealing.once import Once
from casebound.people.access.unfinished import unfinished_of
from casebound.people.accounts.open_sessions import end_sessions
from casebound.people.accounts.reads import accounts_due
from casebound.people.events.actions import note_event
from casebound.people.events.kinds import EventKind
from casebound.people.events.whence import NOWHERE, Whence
from casebound.people.homes.actions import end_appointment
from casebound.people.homes.appointments import appointments_listed, heads_of
from casebound.people.second_person.reads import homes_of
from casebound.people.staff import actions as staff


def close_for_leaver(
    *,
    worker: WorkerId,
    by: WorkerId | None,
    at: datetime,
    auth: str = staff.COMMAND_LINE,
    key: str = "",
    whence: Whence = NOWHERE,
) -> None:
    """Close an account and end the person's appointments. Each end is sealed. `by`: None for time.

    The managers of their homes are told at their next sign-in, and that drafts wait, if some do.

    Raises:
        AccountClosedError: it is closed already, or does not exist.
        OwnAccountError: it is `by`'s own.
    """
    signer = by or WorkerId(settings.INSTALLATION.id)
    once = Once.of(key, signer)
    if once.sealed():
        return
    managers = {head for home in homes_of(worker, at=at) for head in heads_of(home, at=at)}
    staff.close_account(account=worker, by=by, at=at, auth=auth, key=key)
    for line in appointments_listed(worker):
        if line.to_at is None or line.to_at > max(at, line.from_at):
            end_appointment(
                appointment=line.id, to_at=max(at, line.from_at), by=signer, at=at, auth=auth
            )
    left = unfinished_of(worker, asked_by=signer, at=at)
    note_event(
        kind=EventKind.ACCOUNT_CLOSED,
        about=worker,
        by=by or "",
        at=at,
        whence=whence,
        what="drafts" if left else "",
        tell=sorted(managers - {signer, worker}),
    )


def end_accounts_due(*, by: WorkerId | None = None, at: datetime) -> int:
    """Close the accounts whose end has come. Nobody could sign in with them from that moment on.

    Return how many. 1 query if there is none.
    """
    due = accounts_due(at=at)
    for worker in due:
        close_for_leaver(worker=worker, by=by, at=at)
    return len(due)


def end_sessions_of(
    *,
    worker: WorkerId,
    by: WorkerId,
    at: datetime,
    which: str = "",
    whence: Whence = NOWHERE,
) -> int:
    """Sign somebody out, on one device or on all, and tell them. Return how many sessions ended."""
    ended = end_sessions(of=worker, by=by, at=at, which=which)
    if ended:
        note_event(
            kind=EventKind.SESSION_ENDED,
            about=worker,
            by=by,
            at=at,
            whence=whence,
            what="one_session" if which else "all_sessions",
            tell=[worker],
        )
    return ended
