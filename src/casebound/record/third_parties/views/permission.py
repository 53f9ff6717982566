"""Noting what somebody answered when they were asked whether the child may read about them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casebound.foundation.base.calendar import day_of
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_forms import form_page, is_sealed
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.record.third_parties import actions
from casebound.record.third_parties.forms import PermissionForm
from casebound.record.third_parties.http import check_may_write, load_register, person_or_404
from casebound.record.third_parties.wording import ANSWERS, answer_words


@require_http_methods(["GET", "POST"])
@load_register
def permission(request: WorkerRequest, book: SeenBook, person: str) -> HttpResponse:
    """Ask what they answered, when, how and for what; on POST seal it."""
    check_may_write(book)
    seen, now = person_or_404(book, person), timezone.now()
    form = PermissionForm(request.POST or None, initial={"on": day_of(now).isoformat()})

    def seal(answers: dict[str, Any], proof: str) -> None:
        said = ("answer", "on", "how", "for_what", "number")
        actions.note_permission(
            book=book,
            person=seen.id,
            by=request.worker,
            at=now,
            auth=proof,
            key=answers["key"],
            **{field: answers[field] for field in said},
        )

    if is_sealed(request, form, seal):
        page = reverse("third_parties:person", args=[book.id, seen.id])
        return redirect(f"{page}?done=permission")
    context = {
        "book": book,
        "person": seen,
        "so_far": answer_words(seen.permission),
        "answers": ANSWERS,
    }
    return form_page(request, "third_parties/permission.html", form, context)
