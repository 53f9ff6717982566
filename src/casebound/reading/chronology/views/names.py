"""Show the names of other children in a book, or their initials again (P40)."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from casebound.ledger.sealing.reads import book_pages
from casebound.people.access.actions import note_reading
from casebound.people.access.http import load_book_in_part
from casebound.people.access.other_names import show_names
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest


@require_POST
@load_book_in_part
def names(request: WorkerRequest, book: SeenBook) -> HttpResponse:
    """Keep the choice until the reader signs out, and go back to the page it was made on.

    A name is shown only of a child whose book the reader may read, whatever is chosen.
    """
    shown = request.POST.get("show") == "1"
    show_names(request, book, shown=shown)
    if shown:
        pages = book_pages(book.id)
        note_reading(book, what="names", first=1, last=pages, at=timezone.now())
    back = request.POST.get("back", "")
    if back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return redirect(back)
    return redirect("chronology:book", book.id)
