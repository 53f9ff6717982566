"""Proving again who one is, before signing an entry (P48): by password and code, or by passkey.

Call it before the transaction that signs. A wrong try is counted in the cache, which is in the
database. The count must stay when the transaction is rolled back.
"""

import json
from typing import Any, ClassVar, Final

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from casebound.foundation.base.refusals import RefusedError
from casebound.people.accounts import noticing
from casebound.people.accounts.elsewhere import has_begun_elsewhere
from casebound.people.accounts.forms import CodeAgainForm
from casebound.people.accounts.models import Account
from casebound.people.accounts.rules import session_methods
from casebound.people.accounts.tries import take_try
from casebound.people.events.kinds import EventKind

CODE_DIGITS: Final = 6


class NotProvedError(RefusedError):
    """The person at the screen did not prove that they are the person who signed in."""

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


class WrongCodeInsteadError(WrongCodeError):
    """A one-time code that was typed in place of the password is not right."""

    field = "password"


class WrongPasskeyError(NotProvedError):
    """The device's answer is not that of one of the account's passkeys."""

    field = "passkey"
    why = "Your passkey did not answer as it should."
    do = "Try once more, or sign with your password."


class TooManyTriesError(NotProvedError):
    """Too many wrong tries in a short time."""

    status = 429
    why = "The password was wrong five times in five minutes. Waiting keeps guessers out."
    do = "Wait five minutes, then sign. What you wrote is kept. Or use a passkey now."


def prove_again(
    request: HttpRequest, *, password: str = "", code: str = "", passkey: str = ""
) -> str:
    """Check that it is still the same person, and return how they proved it.

    The answer is such as `password, session password+totp`: first the proof given now, then how the
    session began. The second half is missing in the demo, where a session begins without proof. An
    entry stores this answer as `auth`.

    Args:
        request: of somebody signed in.
        password: the account's password; of a session that began by single sign-on, the six digits
            of the person's app do too. After five wrong ones in five minutes, the person waits.
        code: a one-time or recovery code, checked in addition if there is one.
        passkey: the device's answer (JSON) to a challenge from `accounts:challenge`; it stands
            alone, because a passkey asks its person for a finger, a face or a number.

    Raises:
        WrongPasswordError: the password is wrong or missing.
        WrongCodeError: the code is wrong or was used before.
        WrongPasskeyError: it is not one of the account's, or answers another challenge.
        TooManyTriesError: too many wrong tries; for a while even the right password is refused.
    """
    account = request.user
    if not isinstance(account, Account):
        raise WrongPasswordError
    try:
        if passkey:
            now = _passkey(account, passkey)
        elif has_begun_elsewhere(request) and _is_code(password):
            now = _code_instead(account, password)
        else:
            now = _password(account, password)
        if code and not passkey:
            now = f"{now}+{_code(account, code)}"
    except TooManyTriesError:
        noticing.keep_lock(request, account.pk, by=account.pk, at=timezone.now())
        raise
    except WrongPasswordError:
        if password:
            noticing.wrong_code(request, account.pk, kind=EventKind.WRONG_PASSWORD)
        raise
    except WrongPasskeyError:
        noticing.wrong_code(request, account.pk, kind=EventKind.WRONG_PASSKEY)
        raise
    session = session_methods(get_authentication_records(request, account))
    return f"{now}, session {session}" if session else now


def challenge(account: Account) -> dict[str, Any]:
    """Return a challenge for the browser's device, and store it in the session. 1 query.

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


def _is_code(password: str) -> bool:
    digits = password.replace(" ", "")
    return len(digits) == CODE_DIGITS and digits.isdigit()


def _code_instead(account: Account, code: str) -> str:
    try:
        return _code(account, code)
    except WrongCodeError as wrong:
        raise WrongCodeInsteadError from wrong


def _passkey(account: Account, answer: str) -> str:
    try:
        parsed = json.loads(answer)
        webauthn.parse_authentication_response(parsed)
        authenticator: Authenticator = webauthn.complete_authentication(account, parsed)
    except (ValueError, ValidationError, KeyError, TypeError) as wrong:
        raise WrongPasskeyError from wrong
    authenticator.record_usage()
    return "passkey"
