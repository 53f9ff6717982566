"""The demo's door: be anybody of the made-up people with one tap.

It exists in a demo alone, and answers only to this machine (a test proves both).
"""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from casebound.foundation.base.ids import WorkerId, is_id
from casebound.foundation.web.asked import asked
from casebound.people.accounts.reads import account, accounts
from casebound.people.accounts.signed_in import enter_at_the_door
from casebound.people.homes.appointments import appointments_of
from casebound.people.homes.reads import homes
from casebound.upkeep.demo.building import PASSWORD
from casebound.upkeep.demo.story import people

LOOPBACK = {"127.0.0.1", "::1"}


def demo_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 404 outside the demo, and to any other machine."""

    @wraps(view)
    def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not settings.DEMO or request.META.get("REMOTE_ADDR") not in LOOPBACK:
            raise Http404
        return view(request, *args, **kwargs)

    return checked


@demo_only
@require_GET
def door(request: HttpRequest) -> HttpResponse:
    """Show the made-up people with face, role and a line each.

    `?next=` is the address a visitor asked for: the person they choose goes on to it.
    """
    now = timezone.now()
    names = {home.id: home.name for home in homes()}
    open_accounts = {there.username: there for there in accounts() if not there.closed_at}
    groups: dict[str, list[dict[str, object]]] = {}
    for worker in (*people.WORKERS, *people.VISITORS):
        shown = open_accounts.get(worker.username)
        if shown is None:
            continue
        roles = appointments_of(shown.id, at=now)
        where = next((names[role.home] for role in roles if role.home), people.PROVIDER.name)
        words = [role.role.words for role in roles if role.child is None or role.home is None]
        if worker in people.VISITORS:
            where = gettext("Visitors, and who works here for a time")
        groups.setdefault(where, []).append(
            {
                "id": shown.id,
                "name": shown.full_name,
                "face": shown.face,
                "role": words[0] if words else "",
                "line": worker.line,
            }
        )
    context = {
        "groups": groups.items(),
        "provider": people.PROVIDER,
        "password": PASSWORD,
        "next": _asked_for(request, asked(request).text(REDIRECT_FIELD_NAME)),
    }
    return render(request, "demo/door.html", context)


@demo_only
@require_POST
def step_in(request: HttpRequest, worker: str) -> HttpResponse:
    """Sign the visitor in as one of the made-up people."""
    if not is_id(worker):
        raise Http404
    chosen = account(WorkerId(worker))
    made_up = {somebody.username for somebody in (*people.WORKERS, *people.VISITORS)}
    if chosen is None or chosen.username not in made_up or chosen.closed_at is not None:
        raise Http404
    logout(request)
    enter_at_the_door(request, chosen.id)
    asked_for = _asked_for(request, request.POST.get(REDIRECT_FIELD_NAME, ""))
    return redirect(asked_for or "desk:shift")


def _asked_for(request: HttpRequest, address: str) -> str:
    """Return the address if it is one of this server, otherwise nothing."""
    here = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()})
    return address if here else ""
