"""Answering one question about somebody's looking."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casebound.oversight.who_looked import actions
from casebound.oversight.who_looked.asking import questions_of, questions_seen
from casebound.oversight.who_looked.forms import LookingAnswerForm
from casebound.oversight.who_looked.permissions import LookingPermission
from casebound.oversight.who_looked.rules import LookingVerdict
from casebound.oversight.who_looked.scope import scope_of
from casebound.people.access.http import permission_required, rights_here
from casebound.people.accounts.signed_forms import REFUSED, is_sealed
from casebound.people.accounts.signed_in import WorkerRequest


@require_http_methods(["GET", "POST"])
@permission_required(LookingPermission.SEE_WHO_LOOKED)
def answer(request: WorkerRequest, question: str) -> HttpResponse:
    """Show the question and its answers; on POST seal the answer."""
    now = timezone.now()
    scope = scope_of(rights_here(request, request.worker), at=now)
    asked = [found for found in questions_of(scope, at=now) if found.id == question]
    if not asked:
        raise Http404
    form = LookingAnswerForm(request.POST or None)

    def seal(typed: dict[str, Any], proof: str) -> None:
        actions.answer_question(
            scope=scope,
            question=question,
            answer=LookingVerdict(typed["answer"]),
            words=typed["words"],
            by=request.worker,
            at=now,
            auth=proof,
            key=typed["key"],
        )

    if is_sealed(request, form, seal):
        return redirect(f"{reverse('who_looked:questions')}?done=answered")
    [seen] = questions_seen(scope, asked)
    context = {"form": form, "question": seen}
    return render(
        request, "who_looked/answer.html", context, status=REFUSED if form.is_bound else 200
    )
