"""The room's addresses, and a page to write on, as another room would have one."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from casebound.foundation.base.refusals import NotAllowedError, RefusedError
from casebound.people.accounts.reauthentication import prove_again
from casebound.people.accounts.signed_in import WorkerRequest, worker_required

handler400 = "casebound.foundation.web.errors.bad_request"
handler403 = "casebound.foundation.web.errors.not_allowed"
handler404 = "casebound.foundation.web.errors.not_found"
handler429 = "casebound.foundation.web.errors.too_often"
handler500 = "casebound.foundation.web.errors.our_fault"


class KeptError(RefusedError):
    """A refusal of another room."""

    what = "This is not sealed."
    why = "It is missing something."
    do = "Add it."


@worker_required
def write(request: WorkerRequest) -> HttpResponse:
    """Save what is typed."""
    return HttpResponse(f"Saved for {request.worker}: {len(request.POST.get('text', ''))}")


@worker_required
def sign(request: WorkerRequest) -> HttpResponse:
    """Sign, with proof."""
    return HttpResponse(
        prove_again(
            request,
            password=request.POST.get("password", ""),
            code=request.POST.get("code", ""),
            passkey=request.POST.get("passkey", ""),
        )
    )


@worker_required
def sign_page(request: WorkerRequest) -> HttpResponse:
    """Show a form that is signed with a passkey, as the page of a draft would."""
    return HttpResponse(
        engines["django"]
        .from_string(
            """{% extends "web/frame.html" %}{% block title %}Sign{% endblock %}
            {% block head %}{% include "accounts/_passkey_scripts.html" %}{% endblock %}
            {% block main %}<h1>Sign</h1><form method="post" action="/sign/">{% csrf_token %}
            <label>Password <input type="password" name="password" required></label>
            <div data-module="app-passkey" data-do="get" data-post
              data-challenge="{% url 'accounts:challenge' %}">
            <input type="hidden" name="passkey" data-passkey-answer>
            <p role="alert" data-passkey-words hidden>That did not work.</p>
            <div data-passkey-with hidden>
            <button type="submit" formnovalidate data-passkey-ask>Sign with a passkey</button></div>
            </div></form>{% endblock %}"""
        )
        .render({}, request)
    )


def refuse(_request: HttpRequest) -> HttpResponse:
    """Refuse."""
    raise KeptError("Nobody was named.")


def forbid(_request: HttpRequest) -> HttpResponse:
    """Forbid."""
    raise NotAllowedError


def fail(request: HttpRequest) -> HttpResponse:
    """Fail, quoting what was typed, as a database does."""
    raise ValueError(f"Key (name)=({request.POST.get('text')}) already exists")


urlpatterns = [
    path("", include("casebound.people.accounts.urls")),
    path("", include("casebound.upkeep.help.urls")),  # every page leads there
    path("", write, name="start"),
    path("write/", write),
    path("sign/", sign),
    path("sign-page/", sign_page),
    path("refuse/", refuse),
    path("forbid/", forbid),
    path("fail/", fail),
]
