"""An earlier version of the policy."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from casebound.foundation.base.times import in_words
from casebound.people.access.http import load_books
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.rulebook.recording_policy import reads
from casebound.rulebook.recording_policy.rules import blocks


@require_GET
@load_books
def version(request: WorkerRequest, _books: list[SeenBook], number: int) -> HttpResponse:
    """Show a version as it was published."""
    found = reads.policy_version(number)
    if found is None:
        raise Http404
    context = {
        "policy": found,
        "blocks": list(blocks(found.text)),
        "published": in_words(found.published_at),
    }
    return render(request, "recording_policy/version.html", context)
