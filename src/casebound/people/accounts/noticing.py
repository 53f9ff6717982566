"""What happens at signing in, kept as security events; and the devices known from then on."""

from datetime import datetime, timedelta
from typing import Final

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from casebound.people.accounts.models import Account
from casebound.people.accounts.reads import account_named
from casebound.people.accounts.rules import session_methods
from casebound.people.accounts.sessions import WHENCE
from casebound.people.events.actions import know_device, note_event
from casebound.people.events.kinds import EventKind
from casebound.people.events.reads import count_notices, is_known_device, last_event
from casebound.people.events.whence import (
    device_token,
    new_device_token,
    remember_device,
    whence,
)

TOLD: Final = "told"  # in the session: how much the person is to be told
_LOCKED_FOR: Final = timedelta(minutes=5)  # as in `limits` and `tries`
_ONE_STEP: Final = frozenset({"", "password", "sign_on"})  # how a session began


def wrong_password(request: HttpRequest, username: str) -> None:
    """Keep that a wrong password was typed for a name, whether or not somebody has it."""
    person = account_named(username)
    note_event(
        kind=EventKind.WRONG_PASSWORD,
        about=person.id if person else "",
        by="",
        at=timezone.now(),
        whence=whence(request),
    )


def locked_out(request: HttpRequest, username: str) -> None:
    """Keep, once in five minutes, that a name is locked, and tell its person."""
    person = account_named(username)
    if person is not None:
        keep_lock(request, person.id, by="", at=timezone.now())


def keep_lock(request: HttpRequest, account: str, *, by: str, at: datetime) -> None:
    """Keep that somebody has to wait after too many wrong tries, once while they wait."""
    last = last_event(account, [EventKind.LOCKED_OUT])
    if last is None or at - last.at > _LOCKED_FOR:
        note_event(
            kind=EventKind.LOCKED_OUT,
            about=account,
            by=by,
            at=at,
            whence=whence(request),
            tell=[account],
        )


def wrong_code(request: HttpRequest, account: str, *, kind: EventKind) -> None:
    """Keep that a code or a passkey was not right, after the right password or while signed in."""
    note_event(
        kind=kind, about=account, by=_who(request), at=timezone.now(), whence=whence(request)
    )


def sign_on_refused(request: HttpRequest, account: str) -> None:
    """Keep that somebody signed in elsewhere, and was not let in here."""
    note_event(
        kind=EventKind.SIGN_ON_REFUSED,
        about=account,
        by="",
        at=timezone.now(),
        whence=whence(request),
    )


def signed_in(request: HttpRequest, account: Account, response: HttpResponse) -> None:
    """Keep how and where somebody signed in, and know this device from now on."""
    now = timezone.now()
    how = session_methods(get_authentication_records(request, account))
    token = device_token(request)
    here = whence(request, is_known=is_known_device(account.pk, token))
    note_event(
        kind=EventKind.SIGNED_IN, about=account.pk, by=account.pk, at=now, whence=here, what=how
    )
    if how not in _ONE_STEP:
        token = token or new_device_token()
        know_device(token=token, browser=here.browser, by=account.pk, at=now)
        remember_device(response, token)
    request.session[WHENCE] = [here.browser, here.address]
    request.session[TOLD] = count_notices(account.pk)


def changed(request: HttpRequest, kind: EventKind, *, what: str = "") -> None:
    """Keep that a signed-in person changed how they sign in."""
    who = _who(request)
    note_event(kind=kind, about=who, by=who, at=timezone.now(), whence=whence(request), what=what)


def _who(request: HttpRequest) -> str:
    return str(request.user.pk or "") if hasattr(request, "user") else ""
