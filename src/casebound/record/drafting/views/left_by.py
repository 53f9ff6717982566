"""Hand the drafts of somebody who left to colleagues: one choice for all, or one for each."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casebound.foundation.base.ids import WorkerId, is_id
from casebound.foundation.base.refusals import RefusedError
from casebound.foundation.base.times import in_words
from casebound.people.access.http import rights_here
from casebound.people.accounts.signed_forms import signed_in_by
from casebound.people.accounts.signed_in import WorkerRequest, worker_required
from casebound.people.rights.shape import Permission
from casebound.record.drafting import actions
from casebound.record.drafting.handing_on import (
    ColleagueOffered,
    HandableDraft,
    colleagues_for,
    drafts_left_by,
    handing_key,
)

REFUSED = 409


@dataclass(frozen=True, slots=True)
class DraftLeft:
    """A draft on the page, who may take it over, and why it was not handed over just now."""

    of: HandableDraft
    saved: str
    colleagues: list[tuple[str, str]]
    chosen: str
    refused: str = ""

    @property
    def title(self) -> str:
        """What and whose it is, as the label of its choice."""
        return f"{self.of.title}, {self.of.book.title}"


@require_http_methods(["GET", "POST"])
@worker_required
def left_by(request: WorkerRequest, account: str) -> HttpResponse:
    """Show what a leaver has not finished, without a word of it; on POST hand it to colleagues."""
    now = timezone.now()
    author = WorkerId(account)
    drafts = drafts_left_by(author, by=request.worker, at=now) if is_id(account) else []
    if not drafts and not rights_here(request, request.worker).may(Permission.ANSWER_FOR_BOOK):
        raise Http404
    refused: dict[str, str] = {}
    handed = 0
    if request.method == "POST":
        for draft in drafts:
            to = _chosen(request, draft)
            if to and (why := _hand_over(request, draft, to=to, at=now)):
                refused[draft.id] = why
            handed += bool(to) and draft.id not in refused
        if handed and not refused:
            return redirect("desk:desk")
        drafts = drafts_left_by(author, by=request.worker, at=now)
    offered = {draft.id: colleagues_for(draft, at=now) for draft in drafts}
    shown = [
        DraftLeft(
            draft,
            in_words(draft.saved_at),
            [(colleague.id, _words(colleague)) for colleague in offered[draft.id]],
            request.POST.get(f"to_{draft.id}", ""),
            refused.get(draft.id, ""),
        )
        for draft in drafts
    ]
    everybody = {
        colleague.id: _words(colleague)
        for colleagues in offered.values()
        for colleague in colleagues
    }
    context = {
        "author_name": drafts[0].author_name if drafts else "",
        "drafts": shown,
        "everybody": sorted(everybody.items(), key=lambda pair: pair[1]),
        "for_all": request.POST.get("for_all", ""),
        "nobody_chosen": request.method == "POST" and not handed and not refused,
        "refused": refused,
    }
    status = REFUSED if request.method == "POST" else 200
    return render(request, "drafting/left_by.html", context, status=status)


def _chosen(request: WorkerRequest, draft: HandableDraft) -> str:
    own = request.POST.get(f"to_{draft.id}", "")
    return own or request.POST.get("for_all", "")


def _hand_over(request: WorkerRequest, draft: HandableDraft, *, to: str, at: datetime) -> str:
    """Hand a draft over, and return why not, empty if it was."""
    try:
        actions.hand_over_draft(
            draft=draft,
            to=WorkerId(to),
            by=request.worker,
            at=at,
            auth=signed_in_by(request),
            key=handing_key(draft, WorkerId(to)),
        )
    except RefusedError as refused:
        return f"{refused.why} {refused.do}"
    return ""


def _words(colleague: ColleagueOffered) -> str:
    return f"{colleague.name}, {colleague.role}"
