"""Who looked at one child's record, a day at a time, in words for the child (P40, P63)."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from casebound.oversight.who_looked import reads
from casebound.oversight.who_looked.filtering import place_asked, place_words
from casebound.oversight.who_looked.permissions import LookingPermission
from casebound.people.access.http import load_book
from casebound.people.access.looks import LooksWanted
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest


@require_GET
@load_book
def of_book(request: WorkerRequest, book: SeenBook) -> HttpResponse:
    """Show who looked at the book. Who may not see that gets 404."""
    if book.may(LookingPermission.SEE_WHO_LOOKED) is None:
        raise Http404
    before = place_asked(request)
    page = reads.looks_page(
        LooksWanted(books=(book.id,), before=before), reader=request.worker, at=timezone.now()
    )
    older = f"?before={place_words(page.older)}" if page.older else ""
    return render(
        request,
        "who_looked/of_book.html",
        {"book": book, "page": page, "older": older, "newest": "?" if before else ""},
    )
