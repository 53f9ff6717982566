"""Questions about accounts as the log has them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from casebound.foundation.base.ids import WorkerId
from casebound.ledger.projecting.rows import Rows
from casebound.people.staff.models import StaffAccount


@dataclass(frozen=True, slots=True)
class AccountOnLog:
    """An account as the office's book has it.

    Attributes:
        id: the id that stands for the person in every entry.
        full_name: the name that the person signs with now.
        is_open: whether nobody closed it.
        ends_at: when it ends by itself, None if it does not.
        sign_on_as: who the person is at the single sign-on, empty if it is written nowhere.
    """

    id: WorkerId
    username: str
    full_name: str
    is_open: bool
    ends_at: datetime | None
    sign_on_as: str


def account_on_log(account: WorkerId) -> AccountOnLog | None:
    """Return the account as the log has it, or None if it has none. 1 query."""
    return next(iter(accounts_on_log([account])), None)


def name_as_projected(account: WorkerId, rows: Rows) -> str:
    """Return the name a worker signed with at this place of the log, as a later room asks.

    Empty if the log did not know the account yet. 1 query.
    """
    known = rows.find(StaffAccount, id=account)
    return known[0].full_name if known else ""


def accounts_on_log(accounts: Iterable[WorkerId] | None = None) -> list[AccountOnLog]:
    """Return these accounts as the log has them, or all of them. 1 query."""
    rows = StaffAccount.objects.order_by("id")
    if accounts is not None:
        rows = rows.filter(id__in=list(accounts))
    return [
        AccountOnLog(
            WorkerId(row.id),
            row.username,
            row.full_name,
            row.is_open,
            row.ends_at,
            row.sign_on_as,
        )
        for row in rows
    ]


def is_let_in(account: WorkerId) -> bool:
    """Say whether the log does not keep a person out: their account has not ended. 1 query."""
    over = Q(is_open=False) | Q(ends_at__lte=timezone.now())
    return not StaffAccount.objects.filter(over, id=account).exists()
