"""Where a request comes from: the browser, the address, and if its person is known there."""

import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

from casebound.people.events.rules import browser_words

_SIGNER: Final = Signer(salt="casebound device 1")
LONGEST: Final = 45  # letters of an address
MAX_AGE: Final = timedelta(days=400)  # the longest that browsers keep a cookie


@dataclass(frozen=True, slots=True)
class Whence:
    """The browser in words, the network address, and if the person is known on this device."""

    browser: str = ""
    address: str = ""
    is_known: bool = False


NOWHERE: Final = Whence()


def whence(request: HttpRequest | None, *, is_known: bool = False) -> Whence:
    """Return where a request comes from."""
    if request is None:
        return NOWHERE
    address = ""
    with suppress(PermissionDenied):  # behind a proxy that does not say who asks
        address = get_adapter().get_client_ip(request)
    browser = browser_words(request.headers.get("User-Agent", ""))
    return Whence(browser, address[:LONGEST], is_known)


def device_token(request: HttpRequest) -> str:
    """Return the random number that this browser was given, empty if it has none that is ours."""
    try:
        return _SIGNER.unsign(request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""))
    except BadSignature:
        return ""


def new_device_token() -> str:
    """Return a random number for a browser."""
    return secrets.token_urlsafe(24)


def remember_device(response: HttpResponse, token: str) -> None:
    """Give the browser its number, in a signed cookie that names nobody and opens nothing."""
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        _SIGNER.sign(token),
        max_age=MAX_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
