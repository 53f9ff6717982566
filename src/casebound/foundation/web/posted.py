"""A form that was posted has an answer of its own address, so that Back and reload just show it.

A browser that goes back to the answer of a POST asks "confirm resubmission", and the words are
gone. So a POST is answered with a redirect (303) to a page that is got. What that page needs is
kept on the server: encrypted, for the session and the person, never in an address. The
address has a random part, which is half of the key.

Two ways use it. A view that can show its answer again itself calls `come_back` and then
`posted_before` (search: the question is asked again, with the rights of that moment). Of every
other form, `PostedFormsMiddleware` keeps the refused page as it is.
"""

import json
import secrets
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils import timezone
from django.utils.crypto import salted_hmac

from casebound.foundation.web import actions
from casebound.foundation.web.asked import AGAIN
from casebound.foundation.web.errors import SECRET_FIELDS
from casebound.foundation.web.locking import lock, unlock
from casebound.foundation.web.models import PostedForm

LARGEST: Final = 2 * 1024 * 1024  # bytes, compressed
OF_STRANGER: Final = 256 * 1024  # bytes, of a page for who is not signed in
_IN_SESSION: Final = "posted_forms"
_READ: Final = "casebound_posted"  # on a request, once it was looked for
_PURPOSE: Final = b"casebound posted forms 1"


class SeeOther(HttpResponseRedirect):
    """A redirect after a POST, to a page that is got (303)."""

    status_code = 303


@dataclass(frozen=True, slots=True)
class Posted:
    """What a form said when it was posted, and what its view keeps for the answer.

    Attributes:
        typed: what was typed, without passwords and codes.
        errors: sentences by the field they stand at; "" for the form as a whole.
        more: what else the view keeps, as JSON has it.
    """

    typed: QueryDict
    errors: Mapping[str, Sequence[str]] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)


def come_back(
    request: HttpRequest,
    *,
    to: str = "",
    errors: Mapping[str, Sequence[str]] | None = None,
    more: Mapping[str, Any] | None = None,
    query: Mapping[str, str] | None = None,
    typed: bool = True,
) -> HttpResponse:
    """Keep a posted form and redirect to the page that shows it, `to` or the form's own address.

    `query` stands in the address: nothing that was typed. Without `typed`, the form is not read
    (reading a form of files takes them). 3 queries.
    """
    fields = [
        (name, values)
        for name, values in (request.POST.lists() if typed else ())
        if name not in SECRET_FIELDS
    ]
    content = {"typed": fields, "errors": dict(errors or {}), "more": dict(more or {})}
    return keep(request, content, to=to, query=query or {})


def posted_before(request: HttpRequest) -> Posted | None:
    """Return the form that this address shows again. None if there is none, or no longer."""
    content = kept_content(request)
    if content is None or "typed" not in content:
        return None
    typed = QueryDict(mutable=True)
    for name, values in content["typed"]:
        typed.setlist(name, values)
    return Posted(typed, content["errors"], content["more"])


def keep(
    request: HttpRequest,
    content: Mapping[str, Any],
    *,
    to: str = "",
    query: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Keep what a page needs, under the session, and redirect to the page. 3 queries."""
    token = secrets.token_urlsafe(16)
    path = to or request.path
    now = timezone.now()
    session = session_digest(request, begin=True)
    locked = _locked(json.dumps(content), token, _place(path, session, _worker(request)))
    if len(locked) <= LARGEST:
        actions.keep_form(
            row=_row_id(token), session=session, worker=_worker(request), body=locked, at=now
        )
    parts = QueryDict(mutable=True) if to else request.GET.copy()
    for name, value in {**(query or {}), AGAIN: token}.items():
        parts[name] = value
    return SeeOther(f"{path}?{parts.urlencode()}")


def is_again(request: HttpRequest) -> bool:
    """Say whether an address leads to a form that was posted, still kept or not."""
    return AGAIN in request.GET


def kept_content(request: HttpRequest) -> dict[str, Any] | None:
    """Return what is kept for the address of a request. 1 query if it names something kept."""
    if not hasattr(request, _READ):
        setattr(request, _READ, _read(request))
    content: dict[str, Any] | None = getattr(request, _READ)
    return content


def _read(request: HttpRequest) -> dict[str, Any] | None:
    token = request.GET.get(AGAIN, "")
    session = session_digest(request)
    if request.method not in {"GET", "HEAD"} or not token or not session:
        return None
    worker = _worker(request)
    rows = PostedForm.objects.filter(id=_row_id(token), session=session, worker_id=worker)
    row = rows.values_list("body", "posted_at").first()
    if row is None or row[1] < timezone.now() - longest():
        return None
    content = _unlocked(bytes(row[0]), token, _place(request.path, session, worker))
    if content is not None and content.get("once"):
        actions.forget_form(row=_row_id(token))
    return content


def forget_of(request: HttpRequest) -> None:
    """Take away the forms of the session of a request, which ends."""
    if session := session_digest(request):
        actions.forget_session(session=session)


def longest() -> timedelta:
    """Return how long a form is kept at the most: as long as the longest session."""
    return timedelta(seconds=settings.SESSION_COOKIE_AGE)


def session_digest(request: HttpRequest, *, begin: bool = False) -> str:
    """Return the digest of the session's own random number; empty if it has none."""
    number = request.session.get(_IN_SESSION, "")
    if not number and begin:
        number = request.session[_IN_SESSION] = secrets.token_urlsafe(16)
    return sha256(number.encode()).hexdigest()[:32] if number else ""


def _worker(request: HttpRequest) -> str:
    return str(request.user.pk or "")


def _place(path: str, session: str, worker: str) -> bytes:
    return "\n".join((path, session, worker)).encode()


def _row_id(token: str) -> str:
    return salted_hmac(_PURPOSE, token, algorithm="sha256").hexdigest()[:32]


def _locked(text: str, token: str, place: bytes) -> bytes:
    return lock(zlib.compress(text.encode()), purpose=_PURPOSE, place=place, more_key=token)


def _unlocked(locked: bytes, token: str, place: bytes) -> dict[str, Any] | None:
    try:
        packed = unlock(locked, purpose=_PURPOSE, place=place, more_key=token)
    except InvalidTag:  # the address of another page
        return None
    content: dict[str, Any] = json.loads(zlib.decompress(packed))
    return content
