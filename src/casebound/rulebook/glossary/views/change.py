"""Adding a word of the provider's own, or withdrawing one: for those who answer for records."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casebound.people.access.http import load_books
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_forms import form_page, is_sealed
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.rulebook.glossary import actions, reads
from casebound.rulebook.glossary.forms import TermForm


@require_http_methods(["GET", "POST"])
@load_books
def change(request: WorkerRequest, _books: list[SeenBook]) -> HttpResponse:
    """Show both forms; on POST seal what was asked. A person who is no manager gets 404."""
    now = timezone.now()
    if not reads.may_add(request.worker, at=now):
        raise Http404
    form = TermForm(request.POST or None)

    def seal(typed: dict[str, Any], proof: str) -> None:
        if typed["withdraw"]:
            actions.withdraw_term(
                term=typed["withdraw"], by=request.worker, at=now, auth=proof, key=typed["key"]
            )
        else:
            texts = {name: typed[name] for name in ("term", "instead", "why")}
            actions.add_term(**texts, by=request.worker, at=now, auth=proof, key=typed["key"])

    if is_sealed(request, form, seal):
        return redirect("glossary:words")
    return form_page(request, "glossary/change.html", form, {"own": reads.own_terms()})
