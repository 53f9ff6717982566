"""Mark a statement as being about somebody it names, or leave the name as it is (P40)."""

from contextlib import suppress

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from casebound.people.accounts.signed_in import WorkerRequest
from casebound.record.drafting import actions, forms
from casebound.record.drafting.actions import StaleDraftError
from casebound.record.drafting.http import load_draft
from casebound.record.drafting.names_noticed import names_noticed, with_mark, with_name_left
from casebound.record.drafting.prepared import PreparedDraft


@require_POST
@load_draft
def mark_name(request: WorkerRequest, prepared: PreparedDraft) -> HttpResponse:
    """Do what was tapped, and show the read-through again. What changed elsewhere stays."""
    part, found = request.POST.get("part", ""), request.POST.get("name", "")
    draft = prepared.draft
    for noticed in names_noticed(prepared):
        if (noticed.part, noticed.found) == (part, found):
            marks = request.POST.get("do") == "mark"
            content = (with_mark if marks else with_name_left)(draft.content, noticed)
            with suppress(StaleDraftError):  # the read-through shows what the draft says now
                actions.save_draft(
                    draft=draft,
                    content=content,
                    version=forms.version_of(request.POST),
                    at=prepared.at,
                )
            break
    return redirect("drafting:sign", draft.id)
