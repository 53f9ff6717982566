"""The trust file: the keys that the offline checker trusts."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from casebound.ledger.sealing.receipts import log_seen
from casebound.oversight.proof.http import prover_required
from casebound.people.accounts.signed_in import WorkerRequest


@require_GET
@prover_required
def trust(request: WorkerRequest) -> HttpResponse:  # noqa: ARG001 (the same for everybody)
    """Send the trust file to keep."""
    answer = HttpResponse(log_seen().trust, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="trust.txt"'
    return answer
