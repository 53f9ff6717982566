"""Refusals that a view raises, answered as pages; and pages that answer a POST, made addresses."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from casebound.foundation.base.refusals import NotAllowedError, RefusedError
from casebound.foundation.stores.refusals import refusal_for
from casebound.foundation.web import posted
from casebound.foundation.web.errors import store_refused, wants_json, wants_part, words_page

OK = 200
BAD_REQUEST = 400
NOT_ALLOWED = 403
NO_SUCH_METHOD = 405
CONFLICT = 409
OUR_FAULT = 500
WHOLE_PAGE = b"<!doctype"


class RefusalsMiddleware:
    """Turns a refusal into a page with its three sentences; everything else goes on upwards."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a refusal: 403 if the person has no right, else what it says of itself, or 409.

        An error of a store that cannot be used is answered as a refusal too (503).
        """
        if refusal := refusal_for(error):
            return store_refused(request, refusal)
        if not isinstance(error, RefusedError):
            return None
        usual = NOT_ALLOWED if isinstance(error, NotAllowedError) else CONFLICT
        return words_page(
            request,
            status=getattr(error, "status", usual),
            what=error.what,
            why=" ".join(part for part in (error.detail, error.why) if part),
            do=error.do,
        )


class PostedFormsMiddleware:
    """Gives the refused page of a posted form an address of its own, as `posted` says.

    A page that is shown again is first asked for as usual: a person who may no longer see it, or
    whose draft is signed meanwhile, gets that answer, and the look is on the read trail.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Keep the page that answers a POST, or show one that was kept."""
        response = self.get_response(request)
        if request.method == "POST":
            return _redirected(request, response) if _is_page(request, response) else response
        if not posted.is_again(request):
            return response
        content = posted.kept_content(request)
        if content is None or "page" not in content:
            # Nothing is kept: an address that is only posted to has no page, so go to the start.
            return redirect("/") if response.status_code == NO_SUCH_METHOD else response
        is_same = response.status_code == OK and not getattr(response, "is_over", False)
        if is_same or content["says_no_more"]:
            return HttpResponse(content["page"], status=content["status"])
        return response


def _is_page(request: HttpRequest, response: HttpResponse) -> bool:
    """Say whether a POST is answered by a page, which gets an address of its own.

    Also the page that lists what was typed when a session has ended: a browser keeps the body of a
    POST in its files, to send it again after a restart, until something else answers it (P12).
    Not after an error of ours, when the store may be away, and not what is too much to keep.
    """
    return (
        response.headers.get("Content-Type", "").startswith("text/html")
        and not response.streaming
        and (response.status_code == OK or BAD_REQUEST <= response.status_code < OUR_FAULT)
        and not (wants_part(request) or wants_json(request))
        and response.content.lstrip()[: len(WHOLE_PAGE)].lower() == WHOLE_PAGE  # not a part of one
        and (request.user.is_authenticated or len(response.content) <= posted.OF_STRANGER)
    )


def _redirected(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    content = {
        "page": response.content.decode(),
        "status": response.status_code,
        "says_no_more": getattr(response, "says_no_more", False)
        or not request.user.is_authenticated,
        "once": getattr(response, "once", False),
    }
    return posted.keep(request, content)
