"""Refusals, answered as pages, which a view may raise; and the cookie of the forms, sent once."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from casebound.foundation.base.refusals import NotAllowedError, RefusedError
from casebound.foundation.web.errors import words_page

NOT_ALLOWED = 403
CONFLICT = 409


class FormsCookieMiddleware:
    """Sends the cookie of the forms only to a browser that has not got it.

    Django sends it with every page, to put off when it ends; ours ends with the browser. Stands
    inside Django's own middleware of the forms.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let it be sent if it is new, or another than the browser's."""
        response = self.get_response(request)
        if request.META.get("CSRF_COOKIE_NEEDS_UPDATE"):
            has = request.COOKIES.get(settings.CSRF_COOKIE_NAME)
            request.META["CSRF_COOKIE_NEEDS_UPDATE"] = has != request.META["CSRF_COOKIE"]
        return response


class RefusalsMiddleware:
    """Turns a refusal into a page with its three sentences; everything else goes on upwards."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a refusal: 403 if the person has no right, else what it says of itself, or 409."""
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
