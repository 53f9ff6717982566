"""The medicines of a child: what is due, what they have, and what was written of it."""

from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from casebound.foundation.base.calendar import day_of, end_of
from casebound.ledger.sealing.reads import book_pages
from casebound.people.access.actions import note_reading
from casebound.people.access.http import load_book
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.record.medicines import reads
from casebound.record.medicines.due import DoseState
from casebound.record.medicines.gaps import allergies_of
from casebound.record.medicines.reads import ChildMedicines
from casebound.record.medicines.shown import (
    allergy_row,
    dose_row,
    how,
    medicine_row,
    needed_row,
    stock_row,
)


@require_GET
@load_book
def medicines(request: WorkerRequest, book: SeenBook) -> HttpResponse:
    """Show the medicines of a child; 404 for a book that is no child's."""
    if book.child is None:
        raise Http404
    now = timezone.now()
    note_reading(book, what="medicines", first=1, last=book_pages(book.id), at=now)
    child = reads.medicines_of(book, since=now - reads.A_YEAR)
    return render(
        request,
        "medicines/medicines.html",
        {"book": book, "month": f"{day_of(now):%Y-%m}", **_shown(child, now=now)},
    )


def _shown(child: ChildMedicines, *, now: datetime) -> dict[str, Any]:
    windows = child.policy.windows
    due = child.due(since=now - reads.A_YEAR, until=end_of(day_of(now)))
    today = [each for each in due if day_of(each.at) == day_of(now)]
    missing = [
        each
        for each in due
        if day_of(each.at) != day_of(now) and each.state(now, windows) is DoseState.NOT_RECORDED
    ]
    stocks = reads.stocks_of(child.book, child.current(now))
    current = [(each, each.at(now) or each.newest) for each in child.current(now)]
    return {
        "allergies": [allergy_row(allergy) for allergy in allergies_of(child.book)],
        "stock": [stock_row(version, stocks[each.root], now) for each, version in current],
        "today": [dose_row(each, now, windows) for each in today],
        "missing": [dose_row(each, now, windows) for each in reversed(missing)],
        "needed": [needed_row(each, now) for each in child.as_needed(now)],
        "regular": [
            medicine_row(each, version, now) for each, version in current if version.regular
        ],
        "past": [medicine_row(each, each.newest, now) for each in child.past(now)],
        "others": [
            (dose.medicine, dose.dose, how(dose, now), dose.said.number)
            for dose in child.of_none()
            if now - dose.said.at < timedelta(days=7)
        ],
    }
