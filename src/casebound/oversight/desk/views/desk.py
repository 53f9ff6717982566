"""The manager's desk: what is late, unsigned or waiting in the homes they answer for (P43, P54)."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from casebound.oversight.desk import reads
from casebound.oversight.desk.medicines import unrecorded_doses
from casebound.people.access.http import load_books
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.rights.shape import Permission


@require_GET
@load_books
def desk(request: WorkerRequest, books: list[SeenBook]) -> HttpResponse:
    """Show the desk. A worker who manages no book gets 404."""
    managed = [book for book in books if book.may(Permission.ANSWER_FOR_BOOK)]
    if not managed:
        raise Http404
    now = timezone.now()
    shown = {"desk": reads.desk(managed, at=now), "doses": unrecorded_doses(managed, at=now)}
    return render(request, "desk/desk.html", shown)
