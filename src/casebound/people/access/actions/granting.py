"""Granting a named person access to a book for a time, and ending it (P13, P63)."""

from datetime import date, datetime, timedelta
from typing import ClassVar, Final

from casebound.foundation.base.ids import BookId, WorkerId
from casebound.foundation.base.refusals import NotAllowedError, RefusedError
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.reads import account
from casebound.people.homes import actions as homes
from casebound.people.homes.reads import grant as grant_seen
from casebound.people.homes.rules import CLOCKS_DIFFER
from casebound.people.rights.rights import rights
from casebound.people.rights.shape import Permission

LONGEST_REASON: Final = 1_000


class OwnGrantError(NotAllowedError):
    """Somebody would grant access to themselves."""

    what = "Access was not granted."
    why = "You cannot give yourself access."
    do = "Ask another manager of the home to do it."


class NotGrantableError(NotAllowedError):
    """The table of rights does not let this permission be granted."""

    what = "Access was not granted."
    why = "This access comes with an appointment and cannot be given on its own."
    do = "Ask the system administrator to appoint them."


class NobodyToGrantToError(RefusedError):
    """There is no such account, or it is closed."""

    field: ClassVar = "worker"
    what = "Access was not granted."
    why = "There is no open account for this person."
    do = "Ask the system administrator to open one."


class NoGrantReasonError(RefusedError):
    """The grant, or its end, has no reason."""

    field: ClassVar = "reason"
    what = "This was not sealed."
    why = "The book says who may read it, and why."
    do = "Give the reason in up to 1,000 characters."


class GrantTimeError(RefusedError):
    """The time of the grant makes no sense, or is too long."""

    field: ClassVar = "to_at"
    what = "Access was not granted."
    why = "Access starts now or later and lasts up to about three months."
    do = "Check both days. It can be granted again when it has ended."


def grant_access(
    *,
    book: SeenBook,
    worker: WorkerId,
    reason: str,
    from_at: datetime,
    to_at: datetime,
    permission: Permission = Permission.READ_BOOK,
    form: str = "",
    register: str = "",
    period: tuple[date, date] | None = None,
    leaf: int | None = None,
    by: WorkerId,
    at: datetime,
    auth: str,
    key: str = "",
) -> str:
    """Grant a person access to a book, or to a part of it, for a time. Return the grant's id.

    Args:
        book: the book, as the granting worker sees it. The grant is sealed in it.
        worker: who is granted access.
        reason: why they need it.
        from_at: when it begins.
        to_at: when it ends by itself.
        permission: what they may do.
        form: the form of the only entries they may read; empty for every form.
        register: the register of the only entries they may read; empty for every entry.
        period: the first and last day of the only events they may read of.
        leaf: the only entry they may read.
        by: who grants.
        at: now.
        auth: how `by` proved who they are.
        key: made with the page, so that a page sent twice grants once.

    Raises:
        NotAllowedError: `by` may not grant access to this book, to themselves, or this permission.
        NobodyToGrantToError: there is no such account, or it is closed.
        NoGrantReasonError: the reason is missing or too long.
        GrantTimeError: it ends before it begins, begins in the past, or lasts too long.
        GrantedAlreadyError: they have the same access at that time.
    """
    _check_may_grant(book, by=by)
    book.check_may(permission)
    if worker == by:
        raise OwnGrantError
    if permission not in rights().grantable:
        raise NotGrantableError
    person = account(worker)
    if person is None or person.closed_at is not None:
        raise NobodyToGrantToError
    longest = timedelta(days=rights().longest_grant_days)
    if not at - CLOCKS_DIFFER <= from_at < to_at <= from_at + longest:
        raise GrantTimeError
    return homes.grant_access(
        book=book.id,
        worker=worker,
        full_name=person.full_name,
        permission=permission.value,
        form=form,
        register=register,
        period=period,
        leaf=leaf,
        reason=_reason(reason),
        from_at=from_at,
        to_at=to_at,
        by=by,
        at=at,
        auth=auth,
        key=key,
    )


def end_grant(
    *,
    book: SeenBook,
    grant: str,
    reason: str,
    by: WorkerId,
    at: datetime,
    auth: str,
    key: str = "",
) -> None:
    """End a grant of a book before its time. From now on it gives no access.

    Raises:
        NotAllowedError: `by` may not grant access to this book, or the grant is of another book.
        NoGrantReasonError: the reason is missing or too long.
        EndedAlreadyError: it has ended.
    """
    _check_may_grant(book, by=by)
    ended = grant_seen(grant)
    if ended is None or BookId(ended.book) != book.id:
        raise NotAllowedError
    homes.end_grant(grant=grant, reason=_reason(reason), by=by, at=at, auth=auth, key=key)


def _check_may_grant(book: SeenBook, *, by: WorkerId) -> None:
    if book.worker != by:
        raise NotAllowedError
    book.check_may(Permission.GRANT_ACCESS)


def _reason(reason: str) -> str:
    words = " ".join(reason.split())
    if not 0 < len(words) <= LONGEST_REASON:
        raise NoGrantReasonError
    return words
