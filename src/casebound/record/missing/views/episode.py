"""The page of one time a child was missing: the log, who was told, and what is due next."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from casebound.foundation.web.asked import asked
from casebound.people.access.actions import note_reading
from casebound.people.access.http import load_book
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.record.missing.shown import shown


@require_GET
@load_book
def episode(request: WorkerRequest, book: SeenBook, number: int) -> HttpResponse:
    """Show the log that an entry belongs to; 404 if it belongs to none."""
    now = timezone.now()
    context = shown(book, number, at=now)
    if context is None:
        raise Http404
    pages = [line.number for line in context["episode"].lines]
    note_reading(book, what="missing_log", first=min(pages), last=max(pages), at=now)
    context["number"] = number
    context["just_sealed"] = asked(request).flag("sealed")
    return render(request, "missing/episode.html", context)
