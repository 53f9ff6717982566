"""How long something may stay restricted until somebody looks at it again: the provider's own."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casebound.foundation.base.ids import WorkerId
from casebound.foundation.web.asked import asked
from casebound.people.access.http import permission_required
from casebound.people.accounts.reads import full_names
from casebound.people.accounts.signed_forms import form_page, is_sealed
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.record.restricting import actions, reads
from casebound.record.restricting.forms import IntervalForm, ground_choices
from casebound.record.restricting.longest import longest_of_each
from casebound.record.restricting.permissions import RestrictingPermission


@require_http_methods(["GET", "POST"])
@permission_required(RestrictingPermission.SET_REVIEW_INTERVALS)
def intervals(request: WorkerRequest) -> HttpResponse:
    """Show the longest time of each ground, and take another one."""
    now = timezone.now()
    form = IntervalForm(request.POST or None)

    def seal(answers: dict[str, Any], proof: str) -> None:
        actions.set_interval(
            ground=answers["ground"], days=answers["days"], by=request.worker, at=now, auth=proof,
            key=answers["key"],
        )  # fmt: skip

    if is_sealed(request, form, seal):
        return redirect(f"{reverse('restricting:intervals')}?done=set")
    own = {row.ground: row for row in reads.intervals_set()}
    names = full_names({WorkerId(row.set_by) for row in own.values()})
    shown = [
        {"words": words, "days": days, "own": own.get(ground),
         "by": names.get(WorkerId(own[ground].set_by), "") if ground in own else ""}
        for ground, words, days in longest_of_each()
    ]  # fmt: skip
    context = {"shown": shown, "grounds": ground_choices(), "done": asked(request).done("set")}
    return form_page(request, "restricting/intervals.html", form, context)
