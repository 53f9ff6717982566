"""Beginning an entry was refused: the page that says so, at the address of the button."""

from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render

from casebound.foundation.base.refusals import RefusedError
from casebound.foundation.web.posted import come_back, is_again, posted_before
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest

NOT_ALLOWED = 403


def refuse(request: WorkerRequest, refused: RefusedError) -> HttpResponse:
    """Go to the page that says why the entry was not begun."""
    words = {name: getattr(refused, name) for name in ("what", "why", "detail", "do")}
    return come_back(request, more={"refused": words})


def refused_page(request: WorkerRequest, book: SeenBook, number: int) -> HttpResponse:
    """Say why, or lead to the entry if that is no longer kept."""
    posted = posted_before(request)
    if posted is None and not is_again(request):
        return HttpResponseNotAllowed(["POST"])
    if posted is None:
        return redirect("chronology:entry", book.id, number)
    context = {"book": book, "number": number, "refused": posted.more["refused"]}
    return render(request, "drafting/refused.html", context, status=NOT_ALLOWED)
