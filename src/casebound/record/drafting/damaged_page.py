"""The page of a damaged draft, at each of the draft's addresses."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from casebound.people.access.reads import seen_among
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.rights.shape import Permission
from casebound.record.drafting.actions import discard_damaged
from casebound.record.drafting.damaged import DamagedDraft
from casebound.record.drafting.drafts import OpenDraft
from casebound.rulebook.catalogue import catalogue


def answer_damaged(request: WorkerRequest, draft: DamagedDraft) -> HttpResponse:
    """Show what is left of a draft to its author; on their word delete it. 1 query.

    Raises:
        Http404: they may not finish a draft in this book.
    """
    now = timezone.now()
    books = seen_among(request.worker, [draft.book], at=now, to=Permission.FINISH_OWN_DRAFT)
    if draft.book not in books:
        raise Http404
    if request.method == "POST" and "sure" in request.POST:
        discard_damaged(draft=draft.id, author=draft.author)
        return redirect("desk:shift")
    if request.method == "POST":
        return redirect("drafting:discard", draft.id)
    form = catalogue.form(draft.form)
    context = {"draft": draft, "form": form, "book": books[draft.book]}
    return render(request, "drafting/damaged.html", context)


def with_damaged_file(draft: OpenDraft) -> DamagedDraft:
    """Return a draft of which a file is damaged: its words are whole, and it cannot be signed."""
    words = tuple(statement.text for statement in draft.content.statements if statement.text)
    return DamagedDraft(draft.id, draft.book, draft.author, draft.form.name, words)
