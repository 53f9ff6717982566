"""A page of one worker that is sent while another is signed in, as on a shared tablet.

The words stay on the page and are saved for nobody else (P12). The page names its worker, so that
the answer can say who has to sign in; that draft and worker belong together only its page knows.
"""

from django.http import HttpResponse
from django.shortcuts import render

from casebound.foundation.base.ids import DraftId, WorkerId
from casebound.foundation.web.errors import typed, wants_part
from casebound.people.accounts.reads import full_names
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.record.drafting.models import Draft

ANOTHER = 403


def is_shown_to_another(request: WorkerRequest, draft: DraftId) -> bool:
    """Say whether the page was shown to the draft's author, who is not signed in. 1 query."""
    writer = request.POST.get("writer", "")
    if not writer or writer == request.worker:
        return False
    return Draft.objects.filter(id=draft, author_id=writer).exists()


def answer_another(request: WorkerRequest) -> HttpResponse:
    """Say who is signed in now and who has to sign in to save. 1 query."""
    writer = WorkerId(request.POST["writer"])
    context = {
        "now": request.account.full_name,
        "writer": full_names([writer])[writer],
        "typed": typed(request),
    }
    part = wants_part(request)
    template = "drafting/_another_worker.html" if part else "drafting/another_worker.html"
    response = render(request, template, context, status=ANOTHER)
    response.says_no_more = True  # type: ignore[attr-defined]  # nobody's words but the writer's
    # Who is signed in now must not be able to go back to the words of another.
    response.once = True  # type: ignore[attr-defined]  # read by `PostedFormsMiddleware`
    return response
