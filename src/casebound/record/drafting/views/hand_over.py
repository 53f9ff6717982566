"""Hand a draft to a colleague: for its author, and for a manager once its author has left."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casebound.foundation.base.ids import DraftId, WorkerId, is_id
from casebound.foundation.base.refusals import RefusedError
from casebound.foundation.base.times import in_words
from casebound.people.accounts.signed_forms import signed_in_by
from casebound.people.accounts.signed_in import WorkerRequest, worker_required
from casebound.record.drafting import actions
from casebound.record.drafting.handing_on import colleagues_for, handable_draft, handing_key

REFUSED = 409


@require_http_methods(["GET", "POST"])
@worker_required
def hand_over(request: WorkerRequest, draft: str) -> HttpResponse:
    """Ask which colleague takes the draft over; on POST hand it to them."""
    now = timezone.now()
    handed = handable_draft(DraftId(draft), by=request.worker, at=now) if is_id(draft) else None
    if handed is None:
        raise Http404
    refused: RefusedError | None = None
    if request.method == "POST":
        to = WorkerId(request.POST.get("to", ""))
        try:
            actions.hand_over_draft(
                draft=handed,
                to=to,
                by=request.worker,
                at=now,
                auth=signed_in_by(request),
                key=handing_key(handed, to),
            )
        except RefusedError as wrong:
            refused = wrong
        else:
            return redirect("desk:shift" if handed.author == request.worker else "desk:desk")
    context = {
        "draft": handed,
        "book": handed.book,
        "own": handed.author == request.worker,
        "saved": in_words(handed.saved_at),
        "colleagues": colleagues_for(handed, at=now),
        "refused": refused,
    }
    status = REFUSED if refused else 200
    return render(request, "drafting/hand_over.html", context, status=status)
