"""How often somebody may try, so that guessing is slow and nobody can use the limit on a colleague.

A name waits after five wrong tries in five minutes. A person passes all the same on a device on
which they signed in before: there, only tries on that device count. An address waits after 60
wrong tries in a minute, and passes on every device on which anybody signed in.
"""

from typing import Final

from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse

from casebound.people.accounts.reads import account_named
from casebound.people.accounts.tries import Try, take_try
from casebound.people.events.reads import is_known_device
from casebound.people.events.rules import device_id
from casebound.people.events.whence import device_token

_APP: Final = "casebound.accounts"
_WRONG: Final = {"wrong": "60/m/ip,5/5m/key"}
_WRONG_ON_KNOWN: Final = {"wrong": "5/5m/key"}
# Right or wrong: a whole provider can sit behind one address.
_ASKED: Final = {"asked": "300/m/ip"}
_ASKED_ON_KNOWN: Final = {"asked": "60/m/key"}


def known_place(request: HttpRequest, username: str) -> str:
    """Return the id of this device for the person of a name, if they signed in on it before."""
    token = device_token(request)
    person = account_named(username) if token else None
    return _place(person.id, token) if person is not None else ""


def take_password_try(request: HttpRequest, username: str) -> ratelimit.RateLimitUsage | None:
    """Take a try at a password; None if the person has to wait."""
    place = known_place(request, username)
    return ratelimit.consume(
        request,
        app=_APP,
        action="wrong",
        config=_WRONG_ON_KNOWN if place else _WRONG,
        key=place or f"name:{username.strip().lower()}",
    )


def take_code_try(account: str) -> Try:
    """Take a try at a code, after the right password.

    Raises:
        ValidationError: too many were wrong; the person has to wait.
    """
    place = _place(account, device_token(context.request))
    this = take_try(f"code:{place or account}")
    if not this.allowed:
        raise get_adapter().validation_error("too_many_login_attempts")
    return this


def asked_too_often(request: HttpRequest) -> HttpResponse | None:
    """Return the answer to somebody who asks to sign in again and again, or None."""
    token = device_token(request)
    answer: HttpResponse | None = ratelimit.consume_or_429(
        request,
        app=_APP,
        action="asked",
        config=_ASKED_ON_KNOWN if token else _ASKED,
        key=token or None,
    )
    return answer


def _place(account: str, token: str) -> str:
    return device_id(token, account) if is_known_device(account, token) else ""
