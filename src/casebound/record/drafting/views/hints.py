"""Hints on one statement while its author types. Nothing of the request is stored (P45 to P47)."""

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from casebound.people.accounts.signed_in import WorkerRequest
from casebound.record.drafting.hinting import hints_on
from casebound.record.drafting.http import load_draft
from casebound.record.drafting.prepared import PreparedDraft
from casebound.rulebook.glossary.reads import vocabulary


@require_POST
@load_draft
def hints(request: WorkerRequest, _prepared: PreparedDraft) -> HttpResponse:
    """Answer with the hints on one statement, as a part of the page."""
    shown = hints_on(
        request.POST.get("text", ""),
        kind=request.POST.get("kind", ""),
        dismissed=request.POST.getlist("dismissed_hints"),
        words=vocabulary(),
    )
    return HttpResponse(render_to_string("drafting/_hints.html", {"hints": shown}).strip())
