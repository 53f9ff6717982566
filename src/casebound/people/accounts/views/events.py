"""Where one signed in, where one is signed in, and what one is told at the next sign-in."""

from allauth.account.decorators import reauthentication_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from casebound.people.accounts.noticing import TOLD
from casebound.people.accounts.open_sessions import OpenSession, end_sessions, open_sessions
from casebound.people.accounts.reads import full_names
from casebound.people.accounts.signed_in import WorkerRequest, worker_required
from casebound.people.events.actions import note_seen
from casebound.people.events.reads import devices_of, notices_of, own_events
from casebound.people.events.wording import event_line


@require_GET
@worker_required
def where(request: WorkerRequest) -> HttpResponse:
    """Show a person where they are signed in, and what happened about it. 3 queries."""
    return render(
        request,
        "accounts/where.html",
        {
            "sessions": _sessions(request),
            "devices": devices_of(request.worker),
            "events": [
                event_line(event, reader=request.worker) for event in own_events(request.worker)
            ],
        },
    )


@require_http_methods(["GET", "POST"])
@worker_required
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
def sign_out_elsewhere(request: WorkerRequest) -> HttpResponse:
    """End another session of the person or all others, after they proved that it is them."""
    if request.method == "POST":
        end_sessions(
            of=request.worker,
            by=request.worker,
            at=timezone.now(),
            which=request.POST.get("which", ""),
            but=request.session.session_key,
        )
        return redirect("accounts:where")
    return render(request, "accounts/sign_out_elsewhere.html", {"sessions": _sessions(request)})


@require_http_methods(["GET", "POST"])
@worker_required
def told(request: WorkerRequest) -> HttpResponse:
    """Tell somebody what happened since they last looked, until they say that they saw it."""
    if request.method == "POST":
        note_seen(by=request.worker, at=timezone.now())
        request.session[TOLD] = 0
        return redirect("/")
    notices = notices_of(request.worker)
    names = full_names({worker for event in notices for worker in (event.worker, event.by)})
    lines = [event_line(event, reader=request.worker, names=names) for event in notices]
    return render(request, "accounts/told.html", {"events": lines})


def _sessions(request: WorkerRequest) -> list[OpenSession]:
    return open_sessions(request.worker, this=request.session.session_key, at=timezone.now())
