"""What this room seals in the office's book: what happened to an account, and who did it.

An entry holds the person's name and never a password, a link or a second factor. `by` of the entry
is who did it; the command line of the installation signs with the installation's own id.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import ClassVar

from casebound.foundation.base.handling import FieldHandling
from casebound.foundation.base.ids import EntryId, WorkerId
from casebound.ledger.projecting.kinds import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountOpened(Kind):
    """A person has an account from now on, and entries that they sign have this name.

    `there_before` is True for an account that was there before accounts were on the log. Then
    `opened_at` and `closed_at` say what its row said of itself.
    """

    kind: ClassVar = "staff/account-opened"

    class Handling(FieldHandling):
        """Who each field is about."""

        about_worker = frozenset({"full_name", "username"})
        operational = frozenset({"account_id", "opened_at", "there_before", "closed_at"})

    account_id: str
    full_name: str
    username: str
    opened_at: str
    there_before: bool | None = None
    closed_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRenamed(Kind):
    """A person has another name. What they signed before keeps the name of that time."""

    kind: ClassVar = "staff/account-renamed"

    class Handling(FieldHandling):
        """Who each field is about."""

        about_worker = frozenset({"full_name", "name_before"})
        operational = frozenset({"account_id"})

    account_id: str
    full_name: str
    name_before: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkGiven(Kind):
    """A person was given a link with which they set a password.

    With `factors_reset` their app, passkeys and recovery codes were taken off.
    """

    kind: ClassVar = "staff/link-given"

    class Handling(FieldHandling):
        """Who each field is about."""

        about_worker = frozenset({"full_name"})
        operational = frozenset({"account_id", "factors_reset"})

    account_id: str
    full_name: str
    factors_reset: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountClosed(Kind):
    """A person can no longer sign in."""

    kind: ClassVar = "staff/account-closed"

    class Handling(FieldHandling):
        """Who each field is about."""

        about_worker = frozenset({"full_name"})
        operational = frozenset({"account_id"})

    account_id: str
    full_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountReopened(Kind):
    """A person whose account was closed can sign in again, with a new link."""

    kind: ClassVar = "staff/account-reopened"

    class Handling(FieldHandling):
        """Who each field is about."""

        about_worker = frozenset({"full_name"})
        operational = frozenset({"account_id"})

    account_id: str
    full_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountEnds(Kind):
    """A person can no longer sign in from a moment on, without anybody closing the account.

    Without `ends_at` it no longer ends by itself.
    """

    kind: ClassVar = "staff/account-ends"

    class Handling(FieldHandling):
        """Who each field is about."""

        about_worker = frozenset({"full_name"})
        operational = frozenset({"account_id", "ends_at"})

    account_id: str
    full_name: str
    ends_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkTakenBack(Kind):
    """A link that a person was given, and did not use, does not work any more."""

    kind: ClassVar = "staff/link-taken-back"

    class Handling(FieldHandling):
        """Who each field is about."""

        about_worker = frozenset({"full_name"})
        operational = frozenset({"account_id"})

    account_id: str
    full_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOnSet(Kind):
    """Who a person is at the single sign-on. Without `known_as` they do not sign in by it."""

    kind: ClassVar = "staff/sign-on-set"

    class Handling(FieldHandling):
        """Who each field is about."""

        about_worker = frozenset({"full_name", "known_as"})
        operational = frozenset({"account_id"})

    account_id: str
    full_name: str
    known_as: str | None = None


KINDS = (
    AccountOpened,
    AccountRenamed,
    LinkGiven,
    AccountClosed,
    AccountReopened,
    AccountEnds,
    LinkTakenBack,
    SignOnSet,
)


def opening_of(account: WorkerId) -> EntryId:
    """Return the id of the entry that opens an account. An account is opened once."""
    return EntryId(sha256(f"casebound/account-opened\0{account}".encode()).hexdigest()[:32])
