"""The page that asks for the right book of a draft, and the move from there or from writing."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from casebound.foundation.base.ids import BookId
from casebound.foundation.base.refusals import RefusedError
from casebound.people.accounts.signed_forms import signed_in_by
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.record.drafting import actions
from casebound.record.drafting.moving_to import books_to_move_to
from casebound.record.drafting.prepared import PreparedDraft
from casebound.record.drafting.signature import signing_of

CHANGED = 409


def moved(request: WorkerRequest, prepared: PreparedDraft, to: BookId) -> HttpResponse:
    """Move the draft, and go on writing it in the other book.

    Raises:
        Http404: it cannot be moved to this book.
    """
    books = {book.id: book for book, _ in books_to_move_to(prepared)}
    if to not in books:
        raise Http404
    try:
        actions.move_draft(
            draft=prepared,
            to=books[to],
            by=request.worker,
            at=prepared.at,
            signing=signing_of(request, prepared, auth=signed_in_by(request)),
        )
    except RefusedError as refused:
        return move_page(request, prepared, refused=refused, status=CHANGED)
    return redirect("drafting:write", prepared.draft.id)


def move_page(
    request: WorkerRequest,
    prepared: PreparedDraft,
    *,
    refused: RefusedError | None = None,
    status: int = 200,
) -> HttpResponse:
    """Return the page with the books the draft can be moved to. 1 query."""
    context = {
        "draft": prepared.draft,
        "book": prepared.book,
        "books": books_to_move_to(prepared),
        "refused": refused,
    }
    return render(request, "drafting/move.html", context, status=status)
