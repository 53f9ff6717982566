"""Changing what the register says of somebody. What it said before stays in the book."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_forms import form_page, is_sealed
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.record.third_parties import actions
from casebound.record.third_parties.forms import PersonForm
from casebound.record.third_parties.http import check_may_write, load_register, person_or_404
from casebound.record.third_parties.wording import KNOWN, STANDINGS

SAID = ("name", "also", "relation", "standing", "known", "child_knows")


@require_http_methods(["GET", "POST"])
@load_register
def change(request: WorkerRequest, book: SeenBook, person: str) -> HttpResponse:
    """Ask what is so now; on POST seal it."""
    check_may_write(book)
    seen, now = person_or_404(book, person), timezone.now()
    so_far = {field: getattr(seen, field) for field in SAID} | {"also": ", ".join(seen.also)}
    form = PersonForm(request.POST or None, initial=so_far)

    def seal(answers: dict[str, Any], proof: str) -> None:
        said = actions.PersonSaid(**{field: answers[field] for field in SAID})
        actions.change_person(
            book=book,
            person=seen.id,
            said=said,
            by=request.worker,
            at=now,
            auth=proof,
            key=answers["key"],
        )

    if is_sealed(request, form, seal):
        return redirect(f"{reverse('third_parties:register', args=[book.id])}?done=changed")
    context = {"book": book, "person": seen, "standings": STANDINGS, "knowns": KNOWN}
    return form_page(request, "third_parties/change.html", form, context)
