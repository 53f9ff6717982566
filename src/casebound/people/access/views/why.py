"""The page that asks why somebody reads so much."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from casebound.foundation.web.asked import asked
from casebound.people.access.actions import say_why
from casebound.people.access.forms import WhyForm
from casebound.people.access.reading_much import pages_allowed
from casebound.people.accounts.signed_in import WorkerRequest, worker_required
from casebound.people.events.whence import whence
from casebound.people.events.whys import Why


@require_http_methods(["GET", "POST"])
@worker_required
def why(request: WorkerRequest) -> HttpResponse:
    """Ask why, keep the answer, and go back to the page that did not open."""
    form = WhyForm(request.POST) if request.method == "POST" else WhyForm()
    if form.is_valid():
        say_why(
            why=Why(form.cleaned_data["why"]),
            by=request.worker,
            at=timezone.now(),
            whence=whence(request),
        )
        return redirect(_back(request))
    context = {"form": form, "pages": pages_allowed()}
    return render(request, "access/why.html", context, status=422 if form.is_bound else 200)


def _back(request: WorkerRequest) -> str:
    """Return the page to go back to, if it is one of this site; else the start page."""
    back = asked(request).text("next")
    is_own = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if is_own else "/"
