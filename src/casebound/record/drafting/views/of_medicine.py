"""Begin what is written of a medicine: a dose, a delivery, a count, a mistake."""

from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from casebound.foundation.base.times import instant
from casebound.people.access.http import load_book
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.record.book.reads import entry_in
from casebound.record.drafting import actions
from casebound.rulebook.catalogue.catalogue import NoSuchFormError


@require_POST
@load_book
def of_medicine(request: WorkerRequest, book: SeenBook, number: int, form: str) -> HttpResponse:
    """Begin an entry about the medicine that entry `number` prescribes; one tap from Shift."""
    entry = entry_in(book, number)
    if entry is None:
        raise Http404
    try:
        draft = actions.begin_of_medicine(
            book=book, entry=entry, form=form, due=_due(request),
            by=request.worker, at=timezone.now(),
        )  # fmt: skip
    except NoSuchFormError as none:
        raise Http404 from none
    return redirect("drafting:write", draft)


def _due(request: WorkerRequest) -> datetime | None:
    """Return which of its doses it is, if the page says so."""
    try:
        return instant(request.POST.get("due", ""))
    except ValueError:
        return None
