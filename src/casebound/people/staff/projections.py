"""Accounts, worked out from the office's book. `leaf` is the last entry about the account."""

from casebound.foundation.base.times import instant
from casebound.ledger.projecting.registry import Projection
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.staff.entries import (
    AccountClosed,
    AccountEnds,
    AccountOpened,
    AccountRenamed,
    AccountReopened,
    LinkGiven,
    SignOnSet,
)
from casebound.people.staff.models import StaffAccount


def account_opened(entry: ReadEntry, fact: AccountOpened, rows: Rows) -> None:
    """Add the account."""
    rows.add(
        StaffAccount,
        id=fact.account_id,
        username=fact.username,
        full_name=fact.full_name,
        is_open=fact.closed_at is None,
        ends_at=None,
        sign_on_as="",
        factors_reset_at=None,
        leaf=entry.index,
    )


def account_renamed(entry: ReadEntry, fact: AccountRenamed, rows: Rows) -> None:
    """Give the account its new name."""
    rows.change(StaffAccount, {"id": fact.account_id}, full_name=fact.full_name, leaf=entry.index)


def link_given(entry: ReadEntry, fact: LinkGiven, rows: Rows) -> None:
    """Note when the second factors were taken off."""
    if fact.factors_reset:
        rows.change(
            StaffAccount,
            {"id": fact.account_id},
            factors_reset_at=entry.sealed_at,
            leaf=entry.index,
        )


def account_closed(entry: ReadEntry, fact: AccountClosed, rows: Rows) -> None:
    """Close the account."""
    rows.change(StaffAccount, {"id": fact.account_id}, is_open=False, leaf=entry.index)


def account_reopened(entry: ReadEntry, fact: AccountReopened, rows: Rows) -> None:
    """Open the account again."""
    rows.change(StaffAccount, {"id": fact.account_id}, is_open=True, ends_at=None, leaf=entry.index)


def account_ends(entry: ReadEntry, fact: AccountEnds, rows: Rows) -> None:
    """Note when the account ends by itself."""
    ends_at = instant(fact.ends_at) if fact.ends_at else None
    rows.change(StaffAccount, {"id": fact.account_id}, ends_at=ends_at, leaf=entry.index)


def sign_on_set(entry: ReadEntry, fact: SignOnSet, rows: Rows) -> None:
    """Note who the person is at the single sign-on."""
    known_as = fact.known_as or ""
    rows.change(StaffAccount, {"id": fact.account_id}, sign_on_as=known_as, leaf=entry.index)


PROJECTION = Projection(
    version=2,
    tables=(StaffAccount,),
    on={
        AccountOpened.kind: account_opened,
        AccountRenamed.kind: account_renamed,
        LinkGiven.kind: link_given,
        AccountClosed.kind: account_closed,
        AccountReopened.kind: account_reopened,
        AccountEnds.kind: account_ends,
        SignOnSet.kind: sign_on_set,
    },
)
