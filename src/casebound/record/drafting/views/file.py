"""One file of a draft, or a small picture of it."""

from django.http import Http404, HttpResponseBase
from django.views.decorators.http import require_GET

from casebound.people.accounts.signed_in import WorkerRequest
from casebound.record.attachments.serving import served
from casebound.record.drafting.http import load_draft
from casebound.record.drafting.prepared import PreparedDraft


@require_GET
@load_draft
def file(
    request: WorkerRequest, prepared: PreparedDraft, number: int, which: str
) -> HttpResponseBase:
    """Give a file of the draft to its author."""
    if not 0 < number <= len(prepared.files):
        raise Http404
    upload = prepared.files[number - 1]
    if which not in upload.locators:
        raise Http404
    part = getattr(upload.file, which)
    name = f"draft-file-{number}"
    asked = request.headers.get("Range", "")
    return served(upload.pieces(which), part, name=name, inline=which != "original", part=asked)
