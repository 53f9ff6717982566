"""Save a draft while its author types.

The page posts all its fields, and five more: `version`, the version of the draft it knows;
`page`, the id this page was given; `save_number`, which save of this page it is; `writer`, the
worker the page was shown to; `book`, whose name stands on it. The answers, each an element
`#save-state` for the page:

- 200: saved; the element holds the new version. An element `#still` lists what is still missing.
- 401: nobody is signed in. 403: the page's token is old (a fresh one is in `X-Form-Token`), or
  another worker is signed in now.
- 404, 410: there is no such draft any more, or it was signed.
- 409: another page saved it since, or moved it to another book. The page saves no more by itself;
  its button leads to both versions next to each other (`both_page.py`).
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from casebound.foundation.base.times import clock
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.record.drafting import actions, forms, open_pages
from casebound.record.drafting.actions import StaleDraftError
from casebound.record.drafting.http import load_draft
from casebound.record.drafting.missing import missing_from
from casebound.record.drafting.prepared import PreparedDraft
from casebound.record.drafting.write_page import still_to_say

STALE = 409


@require_POST
@load_draft
def save(request: WorkerRequest, prepared: PreparedDraft) -> HttpResponse:
    """Save what was typed so far, and answer with a line that says so (P12)."""
    draft, now = prepared.draft, prepared.at
    content = forms.content_of(draft.form, request.POST)
    version, page = forms.version_of(request.POST), forms.page_of(request.POST)
    try:
        version = actions.save_draft(
            draft=draft,
            content=content,
            version=version,
            at=now,
            page=page,
            book=forms.book_of(request.POST),
        )
    except StaleDraftError as stale:
        context = {
            "book": prepared.book,
            "at": clock(stale.draft.saved_at),
            "stale": stale,
            "saved_by": open_pages.saved_by(request, draft.id),
        }
        return render(request, "drafting/_stale.html", context, status=STALE)
    gaps = missing_from(prepared.saved(content, version))
    context = {
        "draft": draft,
        "at": clock(now),
        "version": version,
        "still": still_to_say(gaps),
        "elsewhere": open_pages.elsewhere(request, draft.id, at=now, page=page.id if page else ""),
    }
    return render(request, "drafting/_saved_now.html", context)
