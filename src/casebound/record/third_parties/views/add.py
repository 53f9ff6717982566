"""Adding somebody to the register of a child's book."""

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
from casebound.record.third_parties.http import check_may_write, load_register
from casebound.record.third_parties.wording import KNOWN, STANDINGS

SAID = ("name", "also", "relation", "standing", "known", "child_knows")


@require_http_methods(["GET", "POST"])
@load_register
def add(request: WorkerRequest, book: SeenBook) -> HttpResponse:
    """Ask who they are to the child; on POST seal it."""
    check_may_write(book)
    now = timezone.now()
    form = PersonForm(request.POST or None)

    def seal(answers: dict[str, Any], proof: str) -> None:
        said = actions.PersonSaid(**{field: answers[field] for field in SAID})
        actions.add_person(
            book=book, said=said, by=request.worker, at=now, auth=proof, key=answers["key"]
        )

    if is_sealed(request, form, seal):
        return redirect(f"{reverse('third_parties:register', args=[book.id])}?done=added")
    context = {"book": book, "standings": STANDINGS, "knowns": KNOWN}
    return form_page(request, "third_parties/add.html", form, context)
