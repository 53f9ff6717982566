"""A register as a page, and as a table for printing."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from casebound.foundation.base.times import in_words
from casebound.people.access.actions import note_readings
from casebound.people.access.http import load_book
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.reading.registers import reads
from casebound.reading.registers.reads import PageSeen, RegisterSeen, RowsWanted, State

PRINTED = 500  # numbers in one print; a longer register is printed in parts


@require_GET
@load_book
def register(request: WorkerRequest, book: SeenBook, name: str) -> HttpResponse:
    """Show a page of a register of the home."""
    seen = _register_or_404(book, name)
    wanted = _wanted(request)
    page = reads.page(book, name, wanted, at=timezone.now())
    _note(page)
    return render(
        request,
        "registers/register.html",
        {
            **_shown(book, seen, wanted, page),
            "years": [("", "Every year"), *((str(year), str(year)) for year in _years(book, name))],
            "states": [(state.value, gettext(words)) for state, words in reads.STATE_WORDS],
            "newer": _link(wanted, after=page.newer) if page.newer else "",
            "older": _link(wanted, upto=page.older) if page.older else "",
            "print": reverse("registers:print", args=[book.id, name]) + _link(wanted),
        },
    )


@require_GET
@load_book
def printed(request: WorkerRequest, book: SeenBook, name: str) -> HttpResponse:
    """Show the filtered register as one table for printing (P84)."""
    seen = _register_or_404(book, name)
    wanted = _wanted(request)
    now = timezone.now()
    page = reads.page(book, name, wanted, at=now, count=PRINTED)
    _note(page)
    return render(
        request,
        "registers/print.html",
        {
            **_shown(book, seen, wanted, page),
            "rows": tuple(reversed(page.rows)),
            "older": _link(wanted, upto=page.older) if page.older else "",
            "at": in_words(now),
            "by": request.account.full_name,
        },
    )


def _register_or_404(book: SeenBook, name: str) -> RegisterSeen:
    seen = reads.register_of(book, name)
    if seen is None:
        raise Http404
    return seen


def _shown(
    book: SeenBook, seen: RegisterSeen, wanted: RowsWanted, page: PageSeen
) -> dict[str, Any]:
    return {
        "book": book,
        "register": seen,
        "wanted": wanted,
        "rows": page.rows,
        "narrowed": _narrowed(wanted),
        "filtered": bool(wanted.year or wanted.state),
        "details": bool(seen.kind.shows),
    }


def _years(book: SeenBook, name: str) -> list[int]:
    return reads.years_of(book, name)


def _wanted(request: WorkerRequest) -> RowsWanted:
    state = request.GET.get("state", "")
    return RowsWanted(
        year=_number(request, "year", most=4),
        state=State(state) if state in {state.value for state in State} else State.EVERY,
        upto=_number(request, "upto"),
        after=_number(request, "after"),
    )


def _number(request: WorkerRequest, name: str, *, most: int = 9) -> int:
    typed = request.GET.get(name, "")
    return int(typed) if typed.isdecimal() and len(typed) <= most else 0


def _narrowed(wanted: RowsWanted) -> str:
    """Return the filter in words: `2026, late entries`."""
    state = gettext(dict(reads.STATE_WORDS)[wanted.state]) if wanted.state else ""
    words = [str(wanted.year)] if wanted.year else []
    return ", ".join([*words, state] if state else words)


def _link(wanted: RowsWanted, **place: int) -> str:
    parameters = {"year": wanted.year, "state": wanted.state.value, **place}
    query = urlencode({name: value for name, value in parameters.items() if value})
    return f"?{query}" if query else ""


def _note(page: PageSeen) -> None:
    """Write on the read trail of each book which of its entries the page named."""
    note_readings(
        [
            (place.book, place.number, place.number)
            for row in page.rows
            for place in row.places
            if place.book is not None
        ],
        what="register",
        at=timezone.now(),
    )
