"""People who sign in, made the way the product makes them."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client

from casebound.foundation.base.ids import WorkerId
from casebound.people.accounts import actions
from casebound.people.accounts.models import Account
from tests.clients import Browser

PASSWORD = "green-kettle-harbour-9"  # noqa: S105  (made up)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105  (made up)
NOW = datetime(2025, 3, 3, 22, 40, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can sign in, and what they know."""

    id: WorkerId
    username: str
    password: str = PASSWORD

    @property
    def account(self) -> Account:
        """The row as it is now."""
        return Account.objects.get(pk=self.id)


def person(
    username: str = "sam.okafor", full_name: str = "Sam Okafor", *, app: bool = True
) -> Person:
    """Open an account, use its link, and (with `app`) set up an app with codes."""
    account = actions.create_account(username=username, full_name=full_name, by=None, at=NOW)
    link = actions.new_sign_in_link(account=account, by=None, at=NOW)
    actions.set_own_password(account=account, token=link.token, password=PASSWORD)
    if app:
        TOTP.activate(Account.objects.get(pk=account), SECRET)
        RecoveryCodes.activate(Account.objects.get(pk=account))
    return Person(account, username)


def code(*, periods_ago: int = 0, secret: str = SECRET) -> str:
    """Return what the person's app shows now, or showed before."""
    shown: str = format_hotp_value(hotp_value(secret, int(time.time()) // 30 - periods_ago))
    return shown


def recovery_codes(person: Person) -> list[str]:
    """Return the person's recovery codes."""
    kept = Authenticator.objects.get(user_id=person.id, type=Authenticator.Type.RECOVERY_CODES)
    codes: list[str] = kept.wrap().get_unused_codes()
    return codes


def signed_in(person: Person, client: Client | None = None) -> Client:
    """Sign in as people do, in two steps, and return the browser."""
    client = client or Browser()
    client.post("/sign-in/", {"login": person.username, "password": person.password})
    answer = client.post("/sign-in/second-step/", {"code": code()})
    assert answer.status_code == 302, "signing in did not work"
    return client
