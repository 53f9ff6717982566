"""Begin an entry that puts an earlier one right."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casebound.foundation.base.refusals import RefusedError
from casebound.people.access.actions import note_reading
from casebound.people.access.http import load_book
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.record.book.entries import Entry, is_written
from casebound.record.book.reads import barred_from_view, entry_in
from casebound.record.book.relations import relations
from casebound.record.book.rules import check_may_withdraw
from casebound.record.drafting import actions
from casebound.record.drafting.reads import about_earlier
from casebound.record.drafting.refused import refuse, refused_page


@require_http_methods(["GET", "POST"])
@load_book
def put_right(request: WorkerRequest, book: SeenBook, number: int, how: str) -> HttpResponse:
    """Begin an entry that adds to, corrects, strikes or moves an earlier one (P50, P64)."""
    if request.method != "POST":
        return refused_page(request, book, number)
    now = timezone.now()
    entry = entry_in(book, number)
    relation = relations().get(how)
    if entry is None or not is_written(entry) or relation is None or not relation.puts_right:
        raise Http404
    if barred_from_view([entry.entry_id], book=book.id):
        raise Http404
    note_reading(book, what="draft", first=number, last=number, at=now)
    if relation.withdraws is not None:
        try:
            check_may_withdraw(
                Entry.read(entry), worker=request.worker, full_name=request.account.full_name
            )
        except RefusedError as refused:
            return refuse(request, refused)
    about = about_earlier(entry, book=book.id, relation=relation)
    draft = actions.begin_draft(book=book, form=how, by=request.worker, at=now, about=about)
    return redirect("drafting:write", draft)
