"""The part of the page that changes while others write: an open page asks for it again."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from casebound.foundation.web.asked import AS_USUAL, asked
from casebound.people.access.actions import note_reading
from casebound.people.access.http import load_book
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.record.missing.shown import shown


@require_GET
@load_book
def lines(request: WorkerRequest, book: SeenBook, number: int) -> HttpResponse:
    """Show the log again. It is a new look on the read trail only if it grew since leaf `last`."""
    now = timezone.now()
    last = asked(request).number("last", label=gettext_noop("Last line"), instead=AS_USUAL)
    context = shown(book, number, at=now)
    if context is None:
        raise Http404
    if context["episode"].last != last:
        pages = [line.number for line in context["episode"].lines]
        note_reading(book, what="missing_log", first=min(pages), last=max(pages), at=now)
    answer = render(request, "missing/_log.html", context)
    answer["X-Last"] = str(context["episode"].last)
    return answer
