"""Begin the next child's log of a shift."""

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
from casebound.record.book.reads import barred_from_view, entry_in
from casebound.record.drafting import actions
from casebound.rulebook.catalogue import catalogue


@require_POST
@load_book
def same_shift(request: WorkerRequest, book: SeenBook, number: int, child: str) -> HttpResponse:
    """Begin the log of a `child`, with the times of a log in `book` of the same shift."""
    now = timezone.now()
    entry = entry_in(book, number)
    if entry is None or not is_written(entry) or barred_from_view([entry.entry_id], book=book.id):
        raise Http404
    fact = Entry.read(entry)
    if not catalogue.form(fact.form, fact.form_version).tells_of_shift or not is_id(child):
        raise Http404
    wanted = seen_book(request.worker, BookId(child), at=now)
    if wanted is None or wanted.child is None:
        raise Http404
    note_reading(book, what="draft", first=number, last=number, at=now)
    draft = actions.begin_same_shift(book=wanted, earlier=fact, by=request.worker, at=now)
    return redirect("drafting:write", draft)
