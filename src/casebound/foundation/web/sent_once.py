"""A form that a page's script sends: done once, however often it arrives, and answered with words.

The script keeps the page until there is an answer, so a lost line takes no word away. It sends two
headers: `X-Form-Key`, a random key of this press of the button, and `X-Form-Worker`, the worker the
page was shown to. An answer that was lost on the way is given again to the same key, and nothing is
done twice. A redirect becomes the header `X-Go-To`, because a script cannot read where a redirect
leads. Without scripts there are no such headers, and a browser sends a form as ever.

The key stays with the page. The server keeps a digest of it, and the answer's address encrypted
under it. If the process dies between the end of a view and keeping its answer, the view runs again
after `AT_WORK`: what must not happen twice then still has an id of its own (`ledger.sealing.once`).
"""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from cryptography.exceptions import InvalidTag
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac

from casebound.foundation.web import actions
from casebound.foundation.web.locking import lock, unlock
from casebound.foundation.web.models import SentForm

AT_WORK: Final = timedelta(seconds=60)  # longer than any view takes
ACCEPTED, DONE, ANOTHER = 202, 204, 403
_KEY: Final = re.compile(r"[0-9a-f]{32}")
_PURPOSE: Final = b"casebound sent forms 1"


def keeps_page(request: HttpRequest) -> bool:
    """Say whether the page that sent a form is still there, and shows what the answer says."""
    return bool(_key_of(request))


class SentOnceMiddleware:
    """Runs a view once for each key, and tells the script where to go on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a form that was sent by a script. 2 statements if somebody is signed in."""
        key = _key_of(request)
        if not key:
            return self.get_response(request)
        if not request.user.is_authenticated:  # a session that begins is not known to a lost answer
            return _told(self.get_response(request))
        shown_to = request.headers.get("X-Form-Worker", "")
        if shown_to not in {"", request.user.pk}:
            return render(request, "web/_another_person.html", status=ANOTHER)
        place = "\n".join((request.path, request.user.pk)).encode()
        row, earlier = _begun(key)
        if earlier is not None:
            return _again(earlier, key, place)
        response = _told(self.get_response(request))
        if "X-Go-To" in response.headers:
            to = response.headers["X-Go-To"].encode()
            body = lock(to, purpose=_PURPOSE, place=place, more_key=key)
            actions.keep_answer(row=row, body=body)
        else:  # nothing was done that may not be done again
            actions.forget_sent(row=row)
        return response


def _key_of(request: HttpRequest) -> str:
    key = request.headers.get("X-Form-Key", "")
    return key if request.method == "POST" and _KEY.fullmatch(key) else ""


def _begun(key: str) -> tuple[str, SentForm | None]:
    """Note that work on a key begins; return the row, and what it says if it began before."""
    row, now = salted_hmac(_PURPOSE, key, algorithm="sha256").hexdigest()[:32], timezone.now()
    if actions.begin_sent(row=row, at=now, left_since=now - AT_WORK):
        return row, None
    return row, SentForm.objects.filter(id=row).first() or SentForm(id=row)


def _again(earlier: SentForm, key: str, place: bytes) -> HttpResponse:
    """Give the answer that was lost, or say that it is not there yet."""
    if not earlier.body:
        return HttpResponse(status=ACCEPTED)
    try:
        to = unlock(bytes(earlier.body), purpose=_PURPOSE, place=place, more_key=key)
    except InvalidTag:  # the key of another address or another person
        return HttpResponse(status=ACCEPTED)
    return HttpResponse(status=DONE, headers={"X-Go-To": to.decode()})


def _told(response: HttpResponse) -> HttpResponse:
    """Return a redirect as a header that a script can read, with the cookies it sets."""
    to = response.headers.get("Location", "")
    if not to:
        return response
    told = HttpResponse(status=DONE, headers={"X-Go-To": to})
    told.cookies = response.cookies
    return told
