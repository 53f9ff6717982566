"""Check now."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from casebound.ledger.sealing.checking.kept import CheckRunningError
from casebound.oversight.proof import actions
from casebound.oversight.proof.http import prover_required
from casebound.people.accounts.signed_in import WorkerRequest


@require_POST
@prover_required
def check(request: WorkerRequest) -> HttpResponse:  # noqa: ARG001 (the same for everybody)
    """Check everything, or start a check. The Proof page says which, and shows the result."""
    try:
        done = actions.check_now()
    except CheckRunningError:
        done = False
    return redirect(f"{reverse('proof:proof')}{'?checked=1' if done else ''}")
