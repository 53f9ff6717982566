"""The page that shows two versions of a draft next to each other, to take over parts of each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casebound.foundation.base.ids import new_id
from casebound.foundation.base.times import clock
from casebound.foundation.web.errors import pairs
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.record.drafting import forms, open_pages
from casebound.record.drafting.actions import StaleDraftError
from casebound.record.drafting.comparing import differing, taken
from casebound.record.drafting.prepared import PreparedDraft
from casebound.record.drafting.statements import each_paragraph, names_a_teller, with_tellers_named
from casebound.rulebook.catalogue.content import Content

STALE = 409
PUT_TOGETHER = "put"  # the button of this page
TAKE = "take-"
_OF_THE_PAGE = frozenset(
    {PUT_TOGETHER, "version", "page", "save_number", "book", "writer", "save", "read", "keep"}
)


def both_page(
    request: WorkerRequest, prepared: PreparedDraft, *, here: Content, stale: StaleDraftError
) -> HttpResponse:
    """Show what is saved and what was typed on the page that sends it. 3 queries."""
    now = prepared.with_draft(stale.draft).as_readable()
    page = new_id()
    open_pages.note_opened(request, stale.draft.id, page=page, at=prepared.at)
    context = {
        "draft": stale.draft,
        "book": now.book,
        "stale": stale,
        "page": page,
        "at": clock(stale.draft.saved_at),
        "saved_by": open_pages.saved_by(request, stale.draft.id),
        "parts": differing(now.draft.content, here, stale.draft.form, now.home),
        "typed": [
            (name, value)
            for name, value in pairs(request.POST)
            if name not in _OF_THE_PAGE and not name.startswith(TAKE)
        ],
    }
    return render(request, "drafting/both.html", context, status=STALE)


def typed_here(request: HttpRequest, prepared: PreparedDraft) -> Content:
    """Return what was typed on the page: one statement a paragraph, a picked colleague by name."""
    content = each_paragraph(forms.content_of(prepared.draft.form, request.POST))
    return (
        with_tellers_named(content, prepared.home.workers) if names_a_teller(content) else content
    )


def put_together(request: HttpRequest, prepared: PreparedDraft, here: Content) -> Content:
    """Return the content that the choices of the page make of both versions.

    They count for the versions the page showed. If it was saved again since, saving refuses.
    """
    choices = {
        name.removeprefix(TAKE): str(choice)
        for name, choice in request.POST.items()
        if name.startswith(TAKE)
    }
    draft = prepared.draft
    return taken(draft.content, here, draft.form, choices)
