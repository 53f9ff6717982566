"""A child's profile: what is so now, or was on a day, and what is still missing (P11, P49)."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from casebound.foundation.base.times import LONDON, day_in_words, in_words
from casebound.foundation.base.typed_times import TypedTimeError, typed_day
from casebound.ledger.sealing.reads import book_pages
from casebound.people.access.actions import note_reading
from casebound.people.access.http import load_book
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.record.profile import reads


@require_GET
@load_book
def profile(request: WorkerRequest, book: SeenBook) -> HttpResponse:
    """Show the profile; 404 for a book that is no child's."""
    if book.child is None:
        raise Http404
    now = timezone.now()
    today = now.astimezone(LONDON).date()
    on = _day_asked(request.GET.get("on", ""), today)
    note_reading(book, what="profile", first=1, last=book_pages(book.id), at=now)
    return render(
        request,
        "profile/profile.html",
        {
            "book": book,
            "profile": reads.profile(book, on=on),
            "balance": None if on else reads.balance(book.id, today=today),
            "on": on,
            "on_words": day_in_words(on) if on else "",
            "today": today,
            "at": in_words(now),
            "by": request.account.full_name,
        },
    )


def _day_asked(text: str, today: date) -> date | None:
    try:
        day = typed_day(text)
    except TypedTimeError:
        return None
    return day if day < today else None
