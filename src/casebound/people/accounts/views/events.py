"""Where one signed in, and what one is told about it at the next sign-in."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from casebound.people.accounts.noticing import TOLD
from casebound.people.accounts.reads import full_names
from casebound.people.accounts.signed_in import WorkerRequest, worker_required
from casebound.people.events.actions import note_seen
from casebound.people.events.reads import devices_of, notices_of, own_events
from casebound.people.events.wording import event_line


@require_GET
@worker_required
def where(request: WorkerRequest) -> HttpResponse:
    """Show a person where they signed in, and what happened about their sign-in. 2 queries."""
    return render(
        request,
        "accounts/where.html",
        {
            "devices": devices_of(request.worker),
            "events": [
                event_line(event, reader=request.worker) for event in own_events(request.worker)
            ],
        },
    )


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
