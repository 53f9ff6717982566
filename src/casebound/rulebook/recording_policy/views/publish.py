"""Publishing a version of the policy."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casebound.people.access.http import permission_required
from casebound.people.accounts.signed_forms import form_page, is_sealed
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.rulebook.recording_policy import actions, reads
from casebound.rulebook.recording_policy.forms import PublishForm
from casebound.rulebook.recording_policy.permissions import PolicyPermission


@require_http_methods(["GET", "POST"])
@permission_required(PolicyPermission.PUBLISH_POLICY)
def publish(request: WorkerRequest) -> HttpResponse:
    """Show the text to change, at first the one that is shipped; on POST seal the version."""
    now, holds = timezone.now(), reads.policy_now()
    first = {
        "text": holds.text if holds else reads.proposal(),
        "before": holds.version if holds else 0,
    }
    form = PublishForm(request.POST or None, initial=first)

    def seal(typed: dict[str, Any], proof: str) -> None:
        actions.publish_policy(
            text=typed["text"],
            changed=typed["changed"],
            before=typed["before"],
            by=request.worker,
            at=now,
            auth=proof,
            key=typed["key"],
        )

    if is_sealed(request, form, seal):
        return redirect(f"{reverse('recording_policy:policy')}?done=published")
    return form_page(request, "recording_policy/publish.html", form, {"policy": holds})
