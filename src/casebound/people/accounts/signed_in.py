"""Who is signed in: what a view can rely on, and the answer when nobody is signed in.

A session can end while somebody writes. A save in the background then gets words that replace
"Saved". A whole form gets a page that holds everything that was typed. A redirect would lose it,
and losing typing is the worst error there is.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, Final, ParamSpec, TypeVar, cast

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_noop

from casebound.foundation.base.ids import WorkerId
from casebound.foundation.web.errors import typed, wants_json, wants_part
from casebound.foundation.web.sent_once import keeps_page
from casebound.people.accounts.models import Account
from casebound.people.accounts.sessions import SessionStore

P = ParamSpec("P")
Answer = TypeVar("Answer", bound=HttpResponseBase)
SECOND_FACTOR: Final = "second_factor"
BACKEND: Final = "casebound.people.accounts.backend.AccountBackend"
WORDS: Final = gettext_noop(
    "You are signed out. Nothing you typed is lost: it is still in this page."
)


class WorkerRequest(HttpRequest):
    """A request of somebody who is signed in."""

    worker: WorkerId
    account: Account


def worker_required(
    view: Callable[Concatenate[WorkerRequest, P], Answer],
) -> Callable[Concatenate[HttpRequest, P], Answer | HttpResponse]:
    """Let only signed-in people call the view, and set `request.worker`."""

    @wraps(view)
    def wrapped(
        request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs
    ) -> Answer | HttpResponse:
        if not isinstance(request.user, Account):
            return signed_out(request)
        of_worker = cast("WorkerRequest", request)  # it is one, as soon as it has the two below
        of_worker.worker = WorkerId(request.user.pk)
        of_worker.account = request.user
        return view(of_worker, *args, **kwargs)

    return wrapped


def signed_out(request: HttpRequest) -> HttpResponse:
    """Ask the person to sign in first, without losing what they typed.

    A GET request is redirected to signing in and back. A POST is never redirected: a save in the
    background gets 401 and words, and a whole form gets 401 and a page with all that was typed.
    """
    if wants_json(request):
        return JsonResponse({"words": gettext(WORDS), "sign_in": settings.LOGIN_URL}, status=401)
    if wants_part(request) or keeps_page(request):
        return render(request, "accounts/_signed_out.html", {"words": gettext(WORDS)}, status=401)
    if request.method in {"GET", "HEAD"}:
        return redirect_to_login(request.get_full_path())
    return render(request, "accounts/signed_out.html", {"typed": typed(request)}, status=401)


def session_of(request: HttpRequest) -> SessionStore:
    """Return the request's session, with the type of the store that the settings name."""
    return cast("SessionStore", request.session)


def enter_at_the_door(request: HttpRequest, account: WorkerId) -> None:
    """Sign a visitor of the demo in as one of its made-up people, without any proof.

    Raises:
        RuntimeError: this is not the demo.
    """
    if not settings.DEMO:
        raise RuntimeError("the door is open in the demo only")
    login(request, Account.objects.get(pk=account, is_active=True), backend=BACKEND)
    request.session[SECOND_FACTOR] = True
