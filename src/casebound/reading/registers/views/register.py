"""A register as a page, and as a table for printing."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_GET

from casebound.foundation.base.times import in_words
from casebound.foundation.web.asked import asked
from casebound.people.access.actions import note_readings
from casebound.people.access.http import load_book_in_part
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.reading.registers import reads
from casebound.reading.registers.reads import PageSeen, RegisterSeen, RowState, RowsWanted

UPTO = gettext_noop("Up to no.")
AFTER = gettext_noop("After no.")
NEWEST = gettext_noop("The newest entries are shown.")
ONE_PLACE = gettext_noop("A page begins in one place only; the other one is used.")
PRINTED = 500  # numbers in one print; a longer register is printed in parts


@require_GET
@load_book_in_part
def register(request: WorkerRequest, book: SeenBook, name: str) -> HttpResponse:
    """Show a page of a register of the home."""
    seen = _register_or_404(book, name)
    years = reads.years_of(book, name)
    wanted, page = _page(request, book, seen, years=years)
    return render(
        request,
        "registers/register.html",
        {
            **_shown(book, seen, wanted, page),
            "years": [("", gettext("Every year")), *((str(year), str(year)) for year in years)],
            "states": [(state.value, gettext(words)) for state, words in reads.STATE_WORDS],
            "newer": _link(wanted, after=page.newer) if page.newer else "",
            "older": _link(wanted, upto=page.older) if page.older else "",
            "print": reverse("registers:print", args=[book.id, name]) + _link(wanted),
        },
    )


@require_GET
@load_book_in_part
def printed(request: WorkerRequest, book: SeenBook, name: str) -> HttpResponse:
    """Show the filtered register as one table for printing (P84)."""
    seen = _register_or_404(book, name)
    now = timezone.now()
    years = reads.years_of(book, name)
    wanted, page = _page(request, book, seen, years=years, count=PRINTED)
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
    if book.is_in_part and all(part.register != name for part in book.parts):
        raise Http404
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


def _page(
    request: WorkerRequest,
    book: SeenBook,
    register: RegisterSeen,
    *,
    years: Sequence[int],
    count: int = reads.PAGE,
) -> tuple[RowsWanted, PageSeen]:
    """Return what is asked for, as far as it means something, and its page, on the read trail."""
    wanted = _wanted(request, register, years)
    page = reads.page(book, register.name, wanted, at=timezone.now(), count=count)
    if wanted.after and not page.rows:
        asked(request).left_out(AFTER, str(wanted.after), NEWEST)
        wanted = replace(wanted, after=0)
        page = reads.page(book, register.name, wanted, at=timezone.now(), count=count)
    _note(page)
    return wanted, page


def _wanted(request: WorkerRequest, register: RegisterSeen, years: Sequence[int]) -> RowsWanted:
    here = asked(request)
    year = here.choice(
        "year",
        {str(year) for year in years},
        label=gettext_noop("Year"),
        instead=gettext_noop("Every year is shown."),
    )
    state = here.choice(
        "state",
        {state.value for state in RowState},
        label=gettext_noop("Which"),
        instead=gettext_noop("All entries are shown."),
    )
    upto = here.number("upto", label=UPTO, instead=NEWEST)
    if upto > register.numbers:
        here.left_out(UPTO, str(upto), NEWEST)
        upto = 0
    after = here.number("after", label=AFTER, instead=NEWEST)
    if upto and after:
        here.left_out(UPTO, str(upto), ONE_PLACE)
        upto = 0
    return RowsWanted(year=int(year or 0), state=RowState(state), upto=upto, after=after)


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
