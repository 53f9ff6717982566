"""The page of what to hand over, and the button to write the handover."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from casebound.people.access.actions import note_readings
from casebound.people.access.http import load_book
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.reading.handover.reads import gathered
from casebound.reading.handover.rules import HANDOVER
from casebound.record.drafting.actions import begin_handover


@require_GET
@load_book
def handover(request: WorkerRequest, book: SeenBook) -> HttpResponse:
    """Show what to hand over since the last handover, to those who are told of the children."""
    if book.child is not None or not book.names_children:
        raise Http404
    now = timezone.now()
    since_last = gathered(book, at=now)
    note_readings(
        [(seen, n, n) for item in since_last.items for seen, n in item.places],
        what="handover",
        at=now,
    )
    return render(request, "handover/handover.html", {"book": book, "gathered": since_last})


@require_POST
@load_book
def write(request: WorkerRequest, book: SeenBook) -> HttpResponse:
    """Begin the handover with the chosen entries."""
    if book.child is not None:
        raise Http404
    draft = begin_handover(
        book=book,
        form=HANDOVER,
        entries=request.POST.getlist("hands_over"),
        by=request.worker,
        at=timezone.now(),
    )
    return redirect("drafting:write", draft)
