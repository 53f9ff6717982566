"""Proving again who one is, as signing an entry asks (P48): password, or code with it, or passkey.

Call it before the transaction that signs: a wrong try is counted in the cache, which is kept in
the database, and must stay counted when the signing is undone.
"""

import json
from typing import Any, ClassVar

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from casebound.foundation.base.refusals import RefusedError
from casebound.people.accounts.forms import CodeAgainForm
from casebound.people.accounts.models import Account
from casebound.people.accounts.rules import session_methods
from casebound.people.accounts.tries import take_try


class NotProvedError(RefusedError):
    """It is not proved that the person at the screen is the one who signed in."""

    status: ClassVar = 422
    field: ClassVar = "password"
    what = "This is not signed yet."


class WrongPasswordError(NotProvedError):
    """The password is not that of the account."""

    why = "The password is not right."
    do = "Type it again. What you wrote is kept."


class WrongCodeError(NotProvedError):
    """The one-time code is not right, or was used before."""

    field = "code"
    why = "The code is not right, or it was used already."
    do = "Wait until a new one is shown, then type that."


class WrongPasskeyError(NotProvedError):
    """The device's answer is not that of one of the account's passkeys."""

    field = "passkey"
    why = "Your passkey did not answer as it should."
    do = "Try once more, or sign with your password."


class TooManyTriesError(NotProvedError):
    """Too many wrong tries in a short time."""

    status = 429
    why = "The password was wrong five times in five minutes. Waiting keeps guessers out (P09)."
    do = "Wait five minutes, then sign. What you wrote is kept. Or use a passkey now."


def prove_again(
    request: HttpRequest, *, password: str = "", code: str = "", passkey: str = ""
) -> str:
    """Check that it is still the same person, and return how they proved it.

    Such as `password, session password+totp`: what was proved now, then how the session began
    (left out where it began without proof, behind the demo's door). This is what an entry keeps
    as `auth`.

    Args:
        request: of somebody signed in.
        password: the account's password. Five wrong ones in five minutes, and it waits.
        code: a one-time or recovery code, checked too if there is one.
        passkey: the device's answer (JSON) to a challenge from `accounts:challenge`; it stands
            alone, because a passkey asks its person for a finger, a face or a number.

    Raises:
        WrongPasswordError: or none was given.
        WrongCodeError: it is wrong or was used before.
        WrongPasskeyError: it is not one of the account's, or answers another challenge.
        TooManyTriesError: wait. Also the right password is then not looked at.
    """
    account = request.user
    if not isinstance(account, Account):
        raise WrongPasswordError
    now = _passkey(account, passkey) if passkey else _password(account, password)
    if code and not passkey:
        now = f"{now}+{_code(account, code)}"
    session = session_methods(get_authentication_records(request, account))
    return f"{now}, session {session}" if session else now


def challenge(account: Account) -> dict[str, Any]:
    """Return what the browser asks the device with; the challenge is kept in the session. 1 query.

    Empty if the account has no passkey.
    """
    if not webauthn.get_credentials(account):
        return {}
    return dict(webauthn.begin_authentication(account))


def _password(account: Account, password: str) -> str:
    this = take_try(account.pk)
    if not this.allowed:
        raise TooManyTriesError
    if not password or not account.check_password(password):
        raise WrongPasswordError
    this.give_back()
    return "password"


def _code(account: Account, code: str) -> str:
    form = CodeAgainForm(user=account, data={"code": code})
    if not form.is_valid():
        if form.has_error("code", "too_many_login_attempts"):
            raise TooManyTriesError
        raise WrongCodeError
    form.authenticator.record_usage()
    return str(form.authenticator.type)


def _passkey(account: Account, answer: str) -> str:
    try:
        parsed = json.loads(answer)
        webauthn.parse_authentication_response(parsed)
        authenticator: Authenticator = webauthn.complete_authentication(account, parsed)
    except (ValueError, ValidationError, KeyError, TypeError) as wrong:
        raise WrongPasskeyError from wrong
    authenticator.record_usage()
    return "passkey"
