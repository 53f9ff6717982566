"""Say that the author, the social worker or somebody else was asked or told."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casebound.foundation.web.asked import asked
from casebound.people.access.actions import note_reading
from casebound.people.access.http import load_book
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_forms import form_page, is_sealed
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.record.restricting import actions, reads
from casebound.record.restricting.forms import DiscussedForm
from casebound.record.restricting.sections import Consulted, DecisionStep


@require_http_methods(["GET", "POST"])
@load_book
def discussed(request: WorkerRequest, book: SeenBook, which: str) -> HttpResponse:
    """Ask who was asked or told, how and when; on POST seal it."""
    now, row = timezone.now(), reads.restriction_of(book, which)
    seen = reads.restrictions_seen([row], {book.id: book}, at=now) if row else []
    if row is None or not seen:
        raise Http404
    who = asked(request).choice("who", set(Consulted), label="who", instead="")
    form = DiscussedForm(
        request.POST or None, initial={"who": who, "what": DecisionStep.TOLD if who else ""}
    )

    def seal(answers: dict[str, Any], proof: str) -> None:
        told = {name: answers[name] for name in ("what", "who", "name", "how", "on", "said")}
        actions.note_discussed(
            **told, book=book, which=which, by=request.worker, at=now, auth=proof,
            key=answers["key"],
        )  # fmt: skip

    page = reverse("restricting:restriction", args=[book.id, which])
    if is_sealed(request, form, seal):
        return redirect(f"{page}?done=discussed")
    [shown] = seen
    note_reading(book, what="section", first=shown.number, last=shown.number, at=now)
    context = {"book": book, "row": shown}
    return form_page(request, "restricting/discussed.html", form, context)
