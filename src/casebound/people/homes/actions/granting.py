"""Sealing a grant of access to a book, and its end. `people.access` checks who may do it."""

from datetime import date, datetime

from casebound.foundation.base.ids import BookId, WorkerId
from casebound.foundation.base.times import utc_text
from casebound.ledger.projecting.kinds import Words
from casebound.ledger.sealing.once import Once
from casebound.people.homes import reads
from casebound.people.homes.actions.sealing import seal_checked
from casebound.people.homes.entries import AccessGranted, GrantEnded
from casebound.people.homes.refusals import EndedAlreadyError, GrantedAlreadyError


def grant_access(
    *,
    book: BookId,
    worker: WorkerId,
    full_name: str,
    permission: str,
    form: str,
    register: str,
    period: tuple[date, date] | None,
    leaf: int | None,
    reason: str,
    from_at: datetime,
    to_at: datetime,
    by: WorkerId,
    at: datetime,
    auth: str,
    key: str = "",
) -> str:
    """Seal a grant in the book that it opens. Return its id. See `access.actions.grant_access`.

    Raises:
        GrantedAlreadyError: they have the same access at that time.
    """

    def check() -> None:
        if any(
            (earlier.worker, earlier.permission) == (worker, permission)
            and (earlier.form, earlier.register, earlier.period, earlier.leaf)
            == (form, register, period, leaf)
            and earlier.from_at < to_at
            and from_at < earlier.to_at
            for earlier in reads.grants_of(book)
        ):
            raise GrantedAlreadyError

    once = Once.of(key, by)
    grant = once.id_of("grant")
    fact = AccessGranted(
        grant_id=grant,
        worker_id=worker,
        full_name=full_name,
        permission=permission,
        form=form or None,
        register=register or None,
        period_from=period[0].isoformat() if period else None,
        period_to=period[1].isoformat() if period else None,
        leaf=leaf,
        reason=Words(reason),
        from_at=utc_text(from_at),
        to_at=utc_text(to_at),
    )
    seal_checked(fact=fact, book=book, check=check, once=once, at=at, auth=auth)
    return grant


def end_grant(
    *, grant: str, reason: str, by: WorkerId, at: datetime, auth: str, key: str = ""
) -> None:
    """Seal that a grant ends now, in the book that it opened.

    Raises:
        EndedAlreadyError: it has ended, or never existed.
    """
    ending = reads.grant(grant)
    if ending is None:
        raise EndedAlreadyError
    once = Once.of(key, by)
    if once.sealed():  # a retry, a moment later
        return

    def check() -> None:
        now = reads.grant(grant)
        if now is None or now.to_at <= at:
            raise EndedAlreadyError

    fact = GrantEnded(grant_id=grant, to_at=utc_text(max(at, ending.from_at)), reason=Words(reason))
    seal_checked(fact=fact, book=ending.book, check=check, once=once, at=at, auth=auth)
