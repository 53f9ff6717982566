"""Begin another entry of the same event."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from casebound.foundation.base.ids import BookId, is_id
from casebound.people.access.actions import note_reading
from casebound.people.access.http import load_book
from casebound.people.access.reads import SeenBook, seen_book
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.record.book.entries import Entry, is_written
from casebound.record.book.reads import entry_in, is_withdrawn
from casebound.record.drafting import actions
from casebound.rulebook.catalogue.same_event import told_with


@require_POST
@load_book
def same_event(request: WorkerRequest, book: SeenBook, number: int, form: str) -> HttpResponse:
    """Begin another entry of an event, in this book or in that of another child it concerns."""
    now = timezone.now()
    entry = entry_in(book, number)
    if entry is None or not is_written(entry) or is_withdrawn(entry.entry_id, book=book.id):
        raise Http404
    if form not in {which.name for which in told_with(Entry.read(entry).form)}:
        raise Http404
    child = request.POST.get("child", book.id)
    if not is_id(child) or BookId(child) not in entry.pages:
        raise Http404
    wanted = book if child == book.id else seen_book(request.worker, BookId(child), at=now)
    if wanted is None:
        raise Http404
    note_reading(book, what="draft", first=number, last=number, at=now)
    draft = actions.begin_same_event(
        book=wanted, earlier=entry, form=form, by=request.worker, at=now
    )
    return redirect("drafting:write", draft)
