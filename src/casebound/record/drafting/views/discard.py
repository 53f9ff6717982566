"""Throwing a draft away."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from casebound.people.accounts.signed_forms import signed_in_by
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.record.drafting import actions
from casebound.record.drafting.http import load_draft
from casebound.record.drafting.prepared import PreparedDraft
from casebound.record.drafting.signature import signing_of


@require_http_methods(["GET", "POST"])
@load_draft
def discard(request: WorkerRequest, prepared: PreparedDraft) -> HttpResponse:
    """Throw the draft away, once that was confirmed on a page of its own."""
    if request.method != "POST":
        context = {"draft": prepared.draft, "book": prepared.book}
        return render(request, "drafting/discard.html", context)
    if "sure" not in request.POST:
        return redirect("drafting:discard", prepared.draft.id)
    if prepared.draft.history.handings:
        signing = signing_of(request, prepared, auth=signed_in_by(request))
        actions.keep_what_was_read(draft=prepared, signing=signing, with_files=True)
    actions.discard_draft(draft=prepared.draft)
    return redirect("desk:shift")
