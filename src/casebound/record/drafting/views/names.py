"""The names to offer while an author types in a draft. Nothing of the request is stored."""

from dataclasses import asdict

from django.http import JsonResponse
from django.views.decorators.http import require_POST

from casebound.people.accounts.signed_in import WorkerRequest
from casebound.record.drafting.http import load_draft
from casebound.record.drafting.known_names import known_names, letters
from casebound.record.drafting.prepared import PreparedDraft


@require_POST
@load_draft
def names(_request: WorkerRequest, prepared: PreparedDraft) -> JsonResponse:
    """Answer with the names for this worker and this book, and the letters that find them."""
    listed = [asdict(name) for name in known_names(prepared)]
    return JsonResponse({"names": listed, "letters": letters()})
