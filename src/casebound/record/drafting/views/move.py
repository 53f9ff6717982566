"""A draft that was begun for the wrong child: choose the right book, and move it there."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from casebound.foundation.base.ids import BookId
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.record.drafting.actions import DraftChangedError
from casebound.record.drafting.http import load_draft
from casebound.record.drafting.move_page import CHANGED, move_page, moved
from casebound.record.drafting.prepared import PreparedDraft


@require_http_methods(["GET", "POST"])
@load_draft
def move(request: WorkerRequest, prepared: PreparedDraft) -> HttpResponse:
    """Ask which child the draft is about; on POST move it to the book of that child."""
    if request.method != "POST":
        return move_page(request, prepared)
    to = BookId(request.POST.get("to", ""))
    if prepared.book.id == to:  # a second tap
        return redirect("drafting:write", prepared.draft.id)
    if request.POST.get("from") != prepared.book.id:  # moved meanwhile, from another window
        return move_page(request, prepared, refused=DraftChangedError(), status=CHANGED)
    return moved(request, prepared, to)
