"""Headers that every page carries, whatever made it: an answer, a refusal or an error."""

from collections.abc import Callable
from functools import cache
from typing import Final

from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

# Of everything a browser could offer a page, only passkeys are used.
_SWITCHED_OFF: Final = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
_CONTENT_POLICY: Final = "Content-Security-Policy"
_CACHE: Final = "Cache-Control"
HEADERS: Final = {
    # Nothing of a page stays on the device (P12), not even for the way back.
    _CACHE: "no-store",
    "X-Frame-Options": "DENY",
    # Not `no-referrer`: then browsers send forms with the origin "null", and none is accepted.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Permissions-Policy": ", ".join(
        [f"{feature}=()" for feature in _SWITCHED_OFF]
        + ["publickey-credentials-create=(self)", "publickey-credentials-get=(self)"]
    ),
}


# Not "cookies": that takes those of every host of the domain. The session's own is taken anyway.
CLEARED: Final = '"cache", "storage"'


class HeadersMiddleware:
    """Puts the headers on every page and on every static file, which alone may be kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Set them, over whatever a view has said."""
        response = self.get_response(request)
        is_static = request.path.startswith(settings.STATIC_URL)
        kept = response.headers.get(_CACHE) if is_static else None
        for name, value in HEADERS.items():
            response[name] = value
        if kept:  # styles and scripts say nothing of anybody
            response[_CACHE] = kept
        if _session_ended(request, response):
            response["Clear-Site-Data"] = CLEARED
        # A file may have said something stricter of itself.
        response.headers.setdefault(_CONTENT_POLICY, content_policy())
        return response


@cache  # the same for every page: no page has scripts of its own, so there is no nonce
def content_policy() -> str:
    """Return the content security policy of every page, as the settings state it."""
    return build_policy()


def _session_ended(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Say whether a session ended with this answer, by signing out or because its time was over.

    Then the answer takes its cookie away, or gives that of a new session to nobody in particular.
    """
    name = settings.SESSION_COOKIE_NAME
    before, after = request.COOKIES.get(name), response.cookies.get(name)
    if not before or after is None or after.value == before:
        return False
    user = getattr(request, "user", None)
    return user is None or not user.is_authenticated
