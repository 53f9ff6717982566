"""Who has read the policy that holds, and who has not: for managers (P83)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from casebound.people.access.http import permission_required, rights_here
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.rulebook.recording_policy import reads
from casebound.rulebook.recording_policy.permissions import PolicyPermission


@require_GET
@permission_required(PolicyPermission.SEE_POLICY_READ)
def people(request: WorkerRequest) -> HttpResponse:
    """List who has to read the version that holds, those who have not yet first."""
    readers = reads.readers(rights_here(request, request.worker), at=timezone.now())
    context = {
        "policy": reads.policy_now(),
        "waiting": [reader for reader in readers if reader.read_at is None],
        "have_read": [reader for reader in readers if reader.read_at is not None],
    }
    return render(request, "recording_policy/people.html", context)
