"""Questions about accounts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from casebound.foundation.base.folding import sort_key
from casebound.foundation.base.ids import WorkerId
from casebound.people.accounts.factors import is_factor
from casebound.people.accounts.marks import is_account
from casebound.people.accounts.models import Account

PROOFS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True, slots=True)
class AccountSeen:
    """An account as an administrator sees it.

    Attributes:
        id: the id that stands for the person in every entry.
        can_sign_in: a password was set and the account has not ended.
        link_at: when their set-up link was made; None if there is none, or it was taken back.
        opened_at: when it was opened, or opened again.
        closed_at: when it was closed, None while it is open.
        ends_at: when it ends by itself, None if it does not.
        sign_on_as: who they are at the single sign-on, empty if nobody wrote it down.
        handover_id: the request whose code the person has to type first, empty if there is none.
    """

    id: WorkerId
    username: str
    full_name: str
    face: int
    can_sign_in: bool
    last_in_at: datetime | None
    link_at: datetime | None
    opened_at: datetime
    closed_at: datetime | None
    ends_at: datetime | None
    handover_id: str
    sign_on_as: str

    @property
    def link_until(self) -> datetime | None:
        """Until when the set-up link works; None if there is none, or it was used."""
        if self.link_at is None or self.can_sign_in or self.has_ended(at=timezone.now()):
            return None
        return self.link_at + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)

    @property
    def link_waits(self) -> bool:
        """Whether the set-up link can still be used."""
        return self.link_until is not None and self.link_until > timezone.now()

    @property
    def is_over(self) -> bool:
        """Whether nobody can sign in with it now, whether or not it was closed yet."""
        return self.has_ended(at=timezone.now())

    def has_ended(self, *, at: datetime) -> bool:
        """Say whether the account is closed, or its end has come."""
        return self.closed_at is not None or (self.ends_at is not None and self.ends_at <= at)


def account(worker: WorkerId) -> AccountSeen | None:
    """Return the account, or None if there is none. 1 query."""
    row = Account.objects.filter(pk=worker).first()
    return _seen(row) if row else None


def account_named(username: str) -> AccountSeen | None:
    """Return the account with this user name, or None if there is none. 1 query."""
    row = Account.objects.filter(username=username.strip().lower()).first()
    return _seen(row) if row else None


def accounts(*, after: WorkerId | None = None, count: int = 50) -> list[AccountSeen]:
    """Return `count` accounts by name, those that follow `after`. 2 queries.

    All names are read and sorted here, so that both databases give one order: 1,000 take 4 ms.
    """
    names = Account.objects.values_list("full_name", "pk")
    ordered = [pk for _, pk in sorted(names, key=lambda row: (sort_key(row[0]), row[1]))]
    first = ordered.index(after) + 1 if after in ordered else 0
    shown = ordered[first : first + count]
    rows = Account.objects.in_bulk(shown)
    return [_seen(rows[pk]) for pk in shown]


def accounts_of(workers: Iterable[str]) -> list[AccountSeen]:
    """Return the accounts of these people, in no order. 1 query."""
    return [_seen(row) for row in Account.objects.filter(pk__in=set(workers))]


def every_account() -> list[AccountSeen]:
    """Return every account there is, oldest first. 1 query."""
    return [_seen(row) for row in Account.objects.order_by("opened_at", "id")]


@dataclass(frozen=True, slots=True)
class StoredAccount:
    """An account's row as it stands in the database, for checking it.

    Attributes:
        is_marked: whether the product wrote the row, and the password.
        factors: whether the product added all its apps and passkeys.
    """

    id: WorkerId
    username: str
    full_name: str
    is_open: bool
    ends_at: datetime | None
    sign_on_as: str
    is_marked: bool
    factors: bool


def stored_accounts() -> list[StoredAccount]:
    """Return every account as the database has it. 2 queries."""
    strange = {factor.user_id for factor in Authenticator.objects.all() if not is_factor(factor)}
    return [
        StoredAccount(
            WorkerId(row.id), row.username, row.full_name, row.is_active, row.ends_at,
            row.sign_on_as, row.is_marked(), row.id not in strange,
        )
        for row in Account.objects.order_by("id")
    ]  # fmt: skip


def full_names(workers: Iterable[str]) -> dict[WorkerId, str]:
    """Return the full names of these people. 1 query."""
    return _names(Account.objects.filter(pk__in=set(workers)))


def every_full_name() -> dict[str, str]:
    """Return the full name of everybody who has or had an account, by id. 1 query."""
    return {str(worker): name for worker, name in _names(Account.objects.all()).items()}


def closed_among(workers: Iterable[str]) -> set[WorkerId]:
    """Return which of these people's accounts are closed, or have ended. 1 query."""
    over = Q(is_active=False) | Q(ends_at__lte=timezone.now())
    closed = Account.objects.filter(over, pk__in=set(workers))
    return {WorkerId(worker) for worker in closed.values_list("id", flat=True)}


def names_and_open(workers: Iterable[str]) -> dict[WorkerId, tuple[str, bool]]:
    """Return the full name of each of these people, and whether their account is open. 1 query."""
    rows = Account.objects.filter(pk__in=set(workers)).values_list(*_NAMED)
    return {
        WorkerId(row[0]): (_name(*row), row[3] and not _is_past(row[4]) and _is_marked(*row))
        for row in rows
    }


def accounts_due(*, at: datetime) -> list[WorkerId]:
    """Return the accounts that nobody closed and whose end has come. 1 query."""
    due = Account.objects.filter(is_active=True, ends_at__lte=at).order_by("ends_at", "id")
    return [WorkerId(worker) for worker in due.values_list("id", flat=True)]


def has_second_factor(worker: str) -> bool:
    """Say whether the account has a one-time code or a passkey. 1 query."""
    has_proof: bool = Authenticator.objects.filter(user_id=worker, type__in=PROOFS).exists()
    return has_proof


def has_app(worker: str) -> bool:
    """Say whether the account has an app that shows one-time codes. 1 query."""
    app = Authenticator.Type.TOTP
    has_proof: bool = Authenticator.objects.filter(user_id=worker, type=app).exists()
    return has_proof


def has_passkey(worker: str) -> bool:
    """Say whether the account has a passkey. 1 query."""
    passkey = Authenticator.Type.WEBAUTHN
    has_proof: bool = Authenticator.objects.filter(user_id=worker, type=passkey).exists()
    return has_proof


_NAMED: Final = ("id", "username", "full_name", "is_active", "ends_at", "mark")
NOT_ON_LOG: Final = gettext_noop("(name not on the log)")


def _names(rows: "QuerySet[Account]") -> dict[WorkerId, str]:
    return {WorkerId(row[0]): _name(*row) for row in rows.values_list(*_NAMED)}


def _name(*row: Any) -> str:  # a row of `_NAMED`
    """Return a name as the product wrote it: a name that was changed by hand is none."""
    name: str = row[2]
    return name if _is_marked(*row) else gettext(NOT_ON_LOG)


def _is_marked(*row: Any) -> bool:  # as above
    account, username, full_name, is_active, ends_at, shown = row
    return is_account(account, username, full_name, shown, is_active=is_active, ends_at=ends_at)


def _is_past(ends_at: datetime | None) -> bool:
    return ends_at is not None and ends_at <= timezone.now()


def _seen(row: Account) -> AccountSeen:
    named = (row.id, row.username, row.full_name, row.is_active, row.ends_at, row.mark)
    return AccountSeen(
        id=WorkerId(row.id),
        username=row.username,
        full_name=_name(*named),
        face=row.face,
        can_sign_in=not row.has_ended() and row.has_usable_password() and row.is_marked(),
        last_in_at=row.last_login,
        link_at=row.link_at,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        ends_at=row.ends_at,
        handover_id=row.handover_id,
        sign_on_as=row.sign_on_as,
    )
