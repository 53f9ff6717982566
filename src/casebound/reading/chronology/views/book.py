"""A book on the screen and in print: newest entry first, filtered, paged by key."""

from datetime import date
from functools import lru_cache
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET
from markupsafe import Markup

from casebound.foundation.base.calendar import day_of
from casebound.foundation.base.ids import WorkerId, is_id
from casebound.foundation.base.markup import together
from casebound.foundation.base.times import day_in_words, in_words
from casebound.foundation.base.typed_times import TypedTimeError, boxed_day, typed_day
from casebound.foundation.web.templatetags.web_fields import options
from casebound.ledger.sealing.reads import book_pages
from casebound.people.access.actions import note_reading
from casebound.people.access.http import load_book
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.rights.shape import Permission
from casebound.reading.chronology import reads
from casebound.reading.chronology.reads import BadPlaceError, LinesWanted
from casebound.record.book.reads import book_kind, forms_of
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.shape import BookKind

PRINTED = 500  # entries in one print; a longer book is printed in parts


@require_GET
@load_book
def book(request: WorkerRequest, book: SeenBook) -> HttpResponse:
    """Show a page of the book. 3 queries and 1 statement of the read trail, at any length."""
    number = request.GET.get("no", "").lower().removeprefix("no").strip(" .")[:9]
    if number.isdecimal() and 0 < int(number) <= book_pages(book.id):
        return redirect("chronology:entry", book.id, int(number))
    wanted = _wanted(request)
    page = _page_or_404(book, wanted, count=reads.PAGE)
    _note(book, page, what="book")
    writers = reads.writers(book)
    context = {
        "book": book,
        "lines": together(page.lines),
        "left": day_in_words(day_of(book.left_at)) if book.left_at else "",
        "begin": [
            (form.name, form.shown_as)
            for form in forms_of(book)
            if form.at_hand and book.may(Permission.WRITE_ENTRY, form=form.name)
        ],
        "wanted": wanted,
        "upto": {"typed": boxed_day(request.GET, "upto"), "wrong": _upto(request)[1]},
        "forms": _form_options(book_kind(book), secure=book.secure, chosen=wanted.form),
        "writers": writers,
        "narrowed": _narrowed(wanted, dict(writers)),
        "narrowed_link": _link(request),
        "no_such": number,
        "newer": _link(request, after=page.newer) if page.newer else "",
        "older": _link(request, before=page.older) if page.older else "",
    }
    return render(request, "chronology/book.html", context)


@lru_cache(maxsize=500)  # the same for all books of a kind, and 44 options take 0.15 ms to build
def _form_options(kind: BookKind, *, secure: bool, chosen: str) -> Markup:
    forms = catalogue.forms_for(kind, secure=secure)
    return options([(form.name, form.title) for form in forms], chosen)


@require_GET
@load_book
def printed(request: WorkerRequest, book: SeenBook) -> HttpResponse:
    """Show the book, or its filtered lines, as one long page for printing (P08, P84)."""
    wanted = _wanted(request)
    page = _page_or_404(book, wanted, count=PRINTED)
    _note(book, page, what="print")
    return render(
        request,
        "chronology/print.html",
        {
            "book": book,
            "narrowed": _narrowed(wanted, dict(reads.writers(book))),
            "lines": together(reversed(page.lines)),
            "older": _link(request, before=page.older) if page.older else "",
            "at": in_words(timezone.now()),
            "by": request.account.full_name,
        },
    )


def _narrowed(wanted: LinesWanted, writers: dict[str, str]) -> str:
    """Write the filter in words: `Daily log, by Bethan Colley, up to 3 March 2025`."""
    words = []
    if wanted.form:
        words.append(catalogue.form(wanted.form).title)
    if wanted.author:
        words.append(
            gettext("by {author}").format(
                author=writers.get(wanted.author, gettext("somebody else"))
            )
        )
    if wanted.upto:
        words.append(gettext("up to {upto}").format(upto=day_in_words(wanted.upto)))
    text = ", ".join(words)
    return text[:1].upper() + text[1:]


def _upto(request: WorkerRequest) -> tuple[date | None, str]:
    """Return the last day of the filter, and what is wrong with it."""
    typed = boxed_day(request.GET, "upto")
    try:
        return (typed_day(typed) if typed else None), ""
    except TypedTimeError as refused:
        words = str(refused)
        return None, f"{words[:1].upper()}{words[1:]}."


def _wanted(request: WorkerRequest) -> LinesWanted:
    typed = request.GET
    upto, _ = _upto(request)
    return LinesWanted(
        form=form if (form := typed.get("form", "")).isidentifier() else "",
        author=WorkerId(author) if is_id(author := typed.get("author", "")) else None,
        upto=upto,
        before=typed.get("before", ""),
        after=typed.get("after", ""),
    )


def _page_or_404(book: SeenBook, wanted: LinesWanted, *, count: int) -> reads.BookPage:
    try:
        return reads.page(book, wanted, count=count)
    except BadPlaceError as wrong:
        raise Http404 from wrong


def _note(book: SeenBook, page: reads.BookPage, *, what: str) -> None:
    if page.numbers:
        note_reading(
            book, what=what, first=min(page.numbers), last=max(page.numbers), at=timezone.now()
        )


def _link(request: WorkerRequest, **place: str) -> str:
    parameters = {
        name: value for name in ("form", "author", "upto") if (value := request.GET.get(name, ""))
    }
    if "before" in place or "after" in place:
        # The day to begin at is no longer needed once there is a key to go on from.
        parameters.pop("upto", None)
    query = urlencode({**parameters, **place})
    return f"?{query}" if query else ""
