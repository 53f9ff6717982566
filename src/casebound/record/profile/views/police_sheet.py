"""The sheet to hand to the police when a child is missing: one page, made for paper (P84)."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from casebound.foundation.base.calendar import day_of
from casebound.foundation.base.times import in_words
from casebound.ledger.sealing.reads import book_pages
from casebound.people.access.actions import note_reading
from casebound.people.access.http import load_book
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.homes.reads import births_of, home, names_of
from casebound.record.profile import sheet


@require_GET
@load_book
def police_sheet(request: WorkerRequest, book: SeenBook) -> HttpResponse:
    """Show the sheet; 404 for a book that is no child's."""
    if book.child is None:
        raise Http404
    now = timezone.now()
    names, births = names_of(book.child), births_of(book.child)
    birth = births[-1].birth if births else None
    note_reading(book, what="police_sheet", first=1, last=book_pages(book.id), at=now)
    return render(
        request,
        "profile/police_sheet.html",
        {
            "book": book,
            "sheet": sheet.sheet(book, today=day_of(now)),
            "name": names[-1] if names else None,
            "earlier_names": [name for name in names[:-1] if name.old_shown],
            "born": birth.words if birth else "",
            "age": birth.age_words(day_of(now)) if birth else "",
            "home": home(book.home),
            "printed_birth": birth.printed_words(settings.PRINT_BIRTH) if birth else "",
            "at": in_words(now),
            "by": request.account.full_name,
        },
    )
