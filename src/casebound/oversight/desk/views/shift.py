"""Shift: the children, what is due, and my drafts. One tap from here to writing."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from casebound.foundation.base.calendar import day_of
from casebound.foundation.base.ids import BookId, is_id
from casebound.foundation.base.times import day_in_words
from casebound.foundation.web.asked import AS_USUAL, asked
from casebound.oversight.desk import looks, reads
from casebound.oversight.desk.lines import lines_for
from casebound.oversight.desk.medicines import due_medicines
from casebound.people.access.actions import note_readings
from casebound.people.access.http import rights_here
from casebound.people.access.reads import SeenBook, books_in_part, seen_among, seen_books
from casebound.people.accounts.signed_in import WorkerRequest, worker_required
from casebound.people.rights.shape import Permission
from casebound.reading.chronology.part_words import part_in_words


@require_GET
@worker_required
def shift(request: WorkerRequest) -> HttpResponse:
    """Show the Shift page. A worker without a book to read is redirected to their own page."""
    now = timezone.now()
    books = seen_books(request.worker, at=now)
    if not books:
        return _without_books(request, at=now)
    page, medicines = reads.shift(request.worker, books, at=now), due_medicines(books, at=now)
    doses = looks.of_doses([*medicines.first, *medicines.more])
    note_readings(looks.by_book([*page.looks, *doses]), what="shift", at=now)
    context: dict[str, Any] = {
        "shift": page,
        "medicines": medicines,
        "lines": lines_for(rights_here(request, request.worker), at=now, of_shift=True),
        "today": day_in_words(day_of(now)),
        "opened": _opened(request, at=now),
        **_sealed(request, at=now),
    }
    return render(request, "desk/shift.html", context)


def _sealed(request: WorkerRequest, *, at: datetime) -> dict[str, Any]:
    """Return what was sealed about a child who has moved on, whose book no longer opens. 1 query.

    No query, if nothing was.
    """
    here = asked(request)
    number = here.number("sealed", label=gettext_noop("Sealed"), instead=AS_USUAL)
    book = BookId(here.text("book"))
    seen = (
        seen_among(request.worker, [book], at=at, to=Permission.FINISH_OWN_DRAFT)
        if number and is_id(book)
        else {}
    )
    if book and book not in seen:
        here.left_out(gettext_noop("Book"), book, AS_USUAL)
    return {"sealed": number, "sealed_in": seen[book]} if book in seen else {}


def _opened(request: WorkerRequest, *, at: datetime) -> list[tuple[SeenBook, str]]:
    """Return the books of which somebody reads a part, with the part in words.

    1 query, none for who has no such right.
    """
    rights = rights_here(request, request.worker)
    books = books_in_part(request.worker, rights, at=at)
    return [(book, part_in_words(book)) for book in books]


def _without_books(request: WorkerRequest, *, at: datetime) -> HttpResponse:
    """Show what somebody without a whole book to read may read, and what they may still finish.

    Somebody with neither is redirected to their own page.
    """
    opened = _opened(request, at=at)
    drafts = reads.own_drafts(request.worker, at=at)
    if not opened and not drafts:
        return redirect(_elsewhere(request))
    return render(request, "desk/for_a_time.html", {"opened": opened, "drafts": drafts})


def _elsewhere(request: WorkerRequest) -> str:
    rights = rights_here(request, request.worker)
    if rights.may(Permission.MANAGE_ACCOUNTS):
        return "access:people"
    return "proof:proof" if rights.may(Permission.VERIFY_LEDGER) else "desk:nothing"


@require_GET
@worker_required
def nothing(request: WorkerRequest) -> HttpResponse:
    """Say that this account has no appointment that opens a book, and who to ask (P63)."""
    return render(request, "desk/nothing.html")
