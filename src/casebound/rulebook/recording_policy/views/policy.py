"""The policy that holds, read and acknowledged by each person (P83)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casebound.foundation.base.times import in_words
from casebound.foundation.web.asked import asked
from casebound.people.access.http import load_books, rights_here
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_forms import form_page, is_sealed
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.rulebook.recording_policy import actions, reads
from casebound.rulebook.recording_policy.forms import AcknowledgeForm
from casebound.rulebook.recording_policy.permissions import PolicyPermission
from casebound.rulebook.recording_policy.rules import blocks


@require_http_methods(["GET", "POST"])
@load_books
def policy(request: WorkerRequest, _books: list[SeenBook]) -> HttpResponse:
    """Show the policy; on POST seal that this person has read it."""
    now = timezone.now()
    form = AcknowledgeForm(request.POST or None)

    def seal(typed: dict[str, Any], proof: str) -> None:
        actions.acknowledge_policy(
            version=typed["version"], by=request.worker, at=now, auth=proof, key=typed["key"]
        )

    if is_sealed(request, form, seal):
        return redirect(f"{reverse('recording_policy:policy')}?done=read")
    holds = reads.policy_now()
    read_at = reads.has_read(request.worker, holds.version) if holds else None
    rights = rights_here(request, request.worker)
    context = {
        "policy": holds,
        "blocks": list(blocks(holds.text if holds else reads.proposal())),
        "published": in_words(holds.published_at) if holds else "",
        "read": in_words(read_at) if read_at else "",
        "duty": reads.duty_of(request.worker, at=now),
        "versions": reads.policy_versions()[1:],
        "publishes": rights.may(PolicyPermission.PUBLISH_POLICY),
        "sees_people": rights.may(PolicyPermission.SEE_POLICY_READ),
        "done": asked(request).done("read", "published"),
    }
    return form_page(request, "recording_policy/policy.html", form, context)
