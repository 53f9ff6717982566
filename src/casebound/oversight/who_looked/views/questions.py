"""Looking that is out of the ordinary, as questions to the manager (P63)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from casebound.foundation.web.asked import asked
from casebound.oversight.who_looked.asking import questions_of, questions_seen
from casebound.oversight.who_looked.permissions import LookingPermission
from casebound.oversight.who_looked.scope import scope_of
from casebound.people.access.http import permission_required, rights_here
from casebound.people.accounts.signed_in import WorkerRequest


@require_GET
@permission_required(LookingPermission.SEE_WHO_LOOKED)
def questions(request: WorkerRequest) -> HttpResponse:
    """List the questions of the last two weeks, the open ones first."""
    now = timezone.now()
    scope = scope_of(rights_here(request, request.worker), at=now)
    seen = questions_seen(scope, questions_of(scope, at=now))
    context = {
        "waiting": [question for question in seen if question.is_open],
        "answered": [question for question in seen if not question.is_open],
        "done": asked(request).done("answered"),
    }
    return render(request, "who_looked/questions.html", context)
