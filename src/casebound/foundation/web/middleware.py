"""Refusals that a view raises, answered as pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from casebound.foundation.base.refusals import NotAllowedError, RefusedError
from casebound.foundation.web.errors import words_page

NOT_ALLOWED = 403
CONFLICT = 409


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
