"""The draft as it is saved on the server, to compare with a window that holds an older version."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from casebound.foundation.base.times import clock
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.record.drafting.fields.words import words_of
from casebound.record.drafting.http import load_draft
from casebound.record.drafting.prepared import PreparedDraft


@require_GET
@load_draft
def saved_version(request: WorkerRequest, prepared: PreparedDraft) -> HttpResponse:
    """Show the draft as it is saved."""
    draft = prepared.draft
    statements = draft.content.statements
    context = {
        "draft": draft,
        "book": prepared.book,
        "at": clock(draft.saved_at),
        "statements": [statement for statement in statements if not statement.is_blank],
        "rows": words_of(draft.form, draft.content, prepared.setting),
    }
    return render(request, "drafting/saved_version.html", context)
