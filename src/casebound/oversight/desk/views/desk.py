"""The manager's desk: what is late, unsigned or waiting in the homes they answer for (P43, P54)."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from casebound.oversight.desk import looks, reads
from casebound.oversight.desk.lines import lines_for
from casebound.oversight.desk.medicines import unrecorded_doses
from casebound.people.access.actions import note_readings
from casebound.people.access.http import load_books, rights_here
from casebound.people.access.reads import SeenBook
from casebound.people.access.watching import count_lately
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.rights.shape import Permission
from casebound.people.second_person.reads import waiting_for


@require_GET
@load_books
def desk(request: WorkerRequest, books: list[SeenBook]) -> HttpResponse:
    """Show the desk. A worker who manages no book gets 404."""
    managed = [book for book in books if book.may(Permission.ANSWER_FOR_BOOK)]
    if not managed:
        raise Http404
    now = timezone.now()
    rights = rights_here(request, request.worker)
    can_agree = rights.may(Permission.AGREE_ACCESS)
    page = reads.desk(managed, at=now)
    note_readings(looks.by_book(page.looks), what="desk", at=now)
    shown = {
        "desk": page,
        "doses": unrecorded_doses(managed, at=now),
        "alarms": count_lately(rights, books=tuple(book.id for book in managed), at=now),
        "lines": lines_for(rights, at=now),
        "to_agree": len(waiting_for(request.worker, at=now)) if can_agree else 0,
    }
    return render(request, "desk/desk.html", shown)
