"""Three checks on every request of a signed-in person: session, second factor, and hand-over.

None queries the database on an ordinary request: the session and the account, which are loaded
anyway, answer.
"""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from casebound.people.accounts import reads
from casebound.people.accounts.models import Account
from casebound.people.accounts.signed_in import SECOND_FACTOR, session_of

GetResponse = Callable[[HttpRequest], HttpResponse]

# Pages that are open without a second factor: setting one up, signing out, proving who one is.
WITHOUT_SECOND_FACTOR: Final = ("/security/", "/sign-in/", "/sign-out/", "/prove/")


class SessionEndsMiddleware:
    """Ends sessions that were unused for a while, or that have lasted a whole shift (P09)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Move the end of a session that is in use."""
        session = session_of(request)
        if session.is_signed_in():
            session.go_on(now=timezone.now())
        return self.get_response(request)


class HandOverMiddleware:
    """Keeps out a person who has not typed the code that the second person handed over (P13).

    No query: the account is loaded anyway.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Redirect them to the page where they type it."""
        if (
            session_of(request).is_signed_in()
            and not request.path_info.startswith(WITHOUT_SECOND_FACTOR)
            and isinstance(request.user, Account)
            and request.user.handover_id
        ):
            return redirect("access:hand_over")
        return self.get_response(request)


class SecondFactorMiddleware:
    """Keeps out a person who has only a password (P09)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Redirect a person without a second factor to the page where they set one up."""
        session = session_of(request)
        if (
            not session.is_signed_in()
            or session.get(SECOND_FACTOR)
            or request.path_info.startswith(WITHOUT_SECOND_FACTOR)
            or not request.user.is_authenticated  # the account was closed meanwhile
        ):
            return self.get_response(request)
        if reads.has_second_factor(request.user.pk):
            session[SECOND_FACTOR] = True
            return self.get_response(request)
        return redirect("accounts:security")
