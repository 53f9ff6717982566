"""Two things can be asked of an address: to read it, and to post to it (ASVS 5.0, 4.1.4)."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed

_METHODS: Final = ("GET", "HEAD", "POST")


class MethodsMiddleware:
    """Refuses any other before a view sees it: form views of Django take a PUT for a POST."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass it on, or say which methods there are."""
        if request.method not in _METHODS:
            return HttpResponseNotAllowed(_METHODS)
        return self.get_response(request)
