"""Save a draft while its author types."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from casebound.foundation.base.times import clock
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.record.drafting import actions, forms
from casebound.record.drafting.actions import StaleDraftError
from casebound.record.drafting.http import load_draft
from casebound.record.drafting.prepared import PreparedDraft

STALE = 409


@require_POST
@load_draft
def save(request: WorkerRequest, prepared: PreparedDraft) -> HttpResponse:
    """Save what was typed so far, and answer with a line that says so (P12)."""
    draft, now = prepared.draft, prepared.at
    content = forms.content_of(draft.form, request.POST)
    version = forms.version_of(request.POST)
    try:
        version = actions.save_draft(draft=draft, content=content, version=version, at=now)
    except StaleDraftError as stale:
        context = {"draft": draft, "at": clock(now), "stale": stale}
        return render(request, "drafting/_stale.html", context, status=STALE)
    context = {"draft": draft, "at": clock(now), "version": version}
    return render(request, "drafting/_saved.html", context)
