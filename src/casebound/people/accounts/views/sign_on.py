"""Signing in at the provider's own service: going there, coming back, and signing out there."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET

from casebound.foundation.web.asked import asked
from casebound.people.accounts import sign_on
from casebound.people.accounts.limits import asked_too_often

AT_HOME = "_redir"  # as allauth calls it


@require_GET
def go(request: HttpRequest) -> HttpResponse:
    """Send somebody to the service."""
    sign_on.service()
    onwards = asked(request).text("next")
    if not url_has_allowed_host_and_scheme(onwards, allowed_hosts={request.get_host()}):
        onwards = ""
    return asked_too_often(request) or sign_on.send_there(request, onwards=onwards)


@require_GET
def back(request: HttpRequest) -> HttpResponse:
    """Take the answer. The first time a browser shows no cookie, as it comes from elsewhere."""
    sign_on.service()
    here = asked(request)
    here.say_nothing()  # the service may add parts of its own
    if here.text("error") == "access_denied":  # whether or not it says what for
        return sign_on.refused(request, sign_on.STOPPED, sign_on.TRY_AGAIN)
    state = here.text("state")
    if not here.text(AT_HOME) and not sign_on.knows_state(request, state):
        address = f"{request.get_full_path()}&{AT_HOME}=1"
        return render(request, "accounts/sign_on_back.html", {"address": address})
    return asked_too_often(request) or sign_on.take_answer(request)


@require_GET
def out(request: HttpRequest) -> HttpResponse:
    """Send somebody to sign out at the service too."""
    sign_on.service()
    address = sign_on.address_to_sign_out(request)
    if not address:
        raise Http404
    return redirect(address)
