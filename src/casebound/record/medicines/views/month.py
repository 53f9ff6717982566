"""A month's record of the medicines of a child, made for paper: A4, on its side."""

from datetime import date

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_GET

from casebound.foundation.base.calendar import A_DAY, day_of, end_of_month, months_after
from casebound.foundation.base.times import in_words
from casebound.ledger.sealing.reads import book_pages
from casebound.people.access.actions import note_reading
from casebound.people.access.http import load_book
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.homes.reads import child_details
from casebound.record.medicines import reads
from casebound.record.medicines.gaps import allergies_of
from casebound.record.medicines.month import month_record, month_span
from casebound.record.medicines.shown import allergy_row


@require_GET
@load_book
def month(request: WorkerRequest, book: SeenBook, month: str) -> HttpResponse:
    """Show a month's record; 404 for a book that is no child's, and for what is no month."""
    first = _month(month)
    details = child_details(book.child) if book.child else None
    if details is None or first is None:
        raise Http404
    now = timezone.now()
    note_reading(book, what="mar", first=1, last=book_pages(book.id), at=now)
    since, until = month_span(first)
    child = reads.medicines_of(book, since=since - A_DAY, until=until + A_DAY)
    return render(
        request,
        "medicines/month.html",
        {
            "book": book,
            "full_name": details.full_name,
            "born": details.birth.printed_words(settings.PRINT_BIRTH),
            "month": date_format(first, "F Y"),
            "record": month_record(child, first, now=now),
            "allergies": [allergy_row(allergy) for allergy in allergies_of(book.id)],
            "before": f"{months_after(first, -1):%Y-%m}",
            "after": f"{months_after(first, 1):%Y-%m}" if end_of_month(first) < day_of(now) else "",
            "at": in_words(now),
            "by": request.account.full_name,
        },
    )


def _month(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
