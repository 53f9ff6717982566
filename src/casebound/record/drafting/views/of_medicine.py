"""Begin what is written of a medicine: a dose, a delivery, a count, a mistake."""

from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from casebound.foundation.base.times import instant
from casebound.people.access.actions import note_reading
from casebound.people.access.http import load_book
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.record.book.reads import entry_in, may_read_words, status_of
from casebound.record.drafting import actions
from casebound.rulebook.catalogue.catalogue import NoSuchFormError


@require_POST
@load_book
def of_medicine(request: WorkerRequest, book: SeenBook, number: int, form: str) -> HttpResponse:
    """Begin an entry about the medicine that entry `number` prescribes; one tap from Shift."""
    entry, now = entry_in(book, number), timezone.now()
    if entry is None or entry.is_damaged:
        raise Http404
    if not may_read_words(status_of(entry.entry_id, book=book.id), book):
        raise Http404
    note_reading(book, what="draft", first=number, last=number, at=now)
    try:
        draft = actions.begin_of_medicine(
            book=book, entry=entry, form=form, due=_due(request),
            by=request.worker, at=now,
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
