"""Adding a word of the provider's own, or withdrawing one: for whoever answers for records."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casebound.foundation.base.refusals import RefusedError
from casebound.people.access.http import load_books
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.reauthentication import prove_again
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.rulebook.glossary import actions, reads
from casebound.rulebook.glossary.forms import TermForm

REFUSED = 422


@require_http_methods(["GET", "POST"])
@load_books
def change(request: WorkerRequest, _books: list[SeenBook]) -> HttpResponse:
    """Show both forms; on POST seal what was asked. 404 for who is no manager."""
    if not reads.may_add(request.worker, at=timezone.now()):
        raise Http404
    form = TermForm(request.POST or None)
    if form.is_valid():
        try:
            _seal(request, form.cleaned_data)
        except RefusedError as refused:
            field = getattr(refused, "field", "")
            words = " ".join(one for one in (refused.detail, refused.why, refused.do) if one)
            form.add_error(field if field in form.fields else None, words)
        else:
            return redirect("glossary:words")
    return render(
        request,
        "glossary/change.html",
        {"form": form, "own": reads.own_terms()},
        status=REFUSED if form.is_bound else 200,
    )


def _seal(request: WorkerRequest, said: dict[str, Any]) -> None:
    """Prove again who signs, and seal what the form says.

    Raises:
        RefusedError: the proof is wrong, or the word is none.
    """
    auth = prove_again(request, password=said["password"])
    now = timezone.now()
    if said["withdraw"]:
        actions.withdraw_term(term=said["withdraw"], by=request.worker, at=now, auth=auth)
    else:
        texts = {name: said[name] for name in ("term", "instead", "why")}
        actions.add_term(**texts, by=request.worker, at=now, auth=auth)
