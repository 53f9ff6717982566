"""A look that is one too many in a day leads to the page that asks why."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from casebound.foundation.web.errors import wants_json, wants_part, words_page
from casebound.people.access.reading_much import ReadMuchError

_TOO_MANY = 429


class AskedWhyMiddleware:
    """Leads a person who read very many pages to the page that asks why. Costs no query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Take what answers."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Redirect to the question, which leads back; a script is told in words."""
        if not isinstance(error, ReadMuchError):
            return None
        if wants_part(request) or wants_json(request):
            return words_page(
                request,
                status=_TOO_MANY,
                what=gettext("You have read very many pages today."),
                why=gettext("No further page opens until you say why."),
                do=gettext("Open any page of a book, and choose why."),
            )
        back = request.get_full_path() if request.method == "GET" else "/"
        return redirect(f"{reverse('access:why')}?{urlencode({'next': back})}")
