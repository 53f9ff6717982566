"""A book, or chosen entries of it, as one long page for printing (P08, P84)."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from casebound.foundation.base.calendar import day_of
from casebound.foundation.base.times import date_in_words, in_words
from casebound.foundation.web.asked import YES, asked
from casebound.people.access.http import load_book_in_part
from casebound.people.access.other_names import names_on_paper
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.homes.reads import child_details
from casebound.reading.chronology import reads
from casebound.reading.chronology.as_sealed import vouched
from casebound.reading.chronology.asked import (
    filter_in_words,
    lines_wanted,
    link_to,
    note_pages,
    numbers_chosen,
    page_asked,
)
from casebound.reading.chronology.part_words import part_in_words
from casebound.record.rendering.files import at_reading_size

PRINTED = 500  # entries in one print; a longer book is printed in parts


@require_GET
@load_book_in_part
def printed(request: WorkerRequest, book: SeenBook) -> HttpResponse:
    """Show the book, its filtered lines, or the entries that were chosen of them."""
    writers = dict(reads.writers(book)) if not book.is_in_part else {}
    wanted = lines_wanted(request, book, writers)
    wanted = replace(wanted, numbers=numbers_chosen(request, book))
    with_names = asked(request).flag("names")
    names = names_on_paper(book, with_names=with_names)
    page = page_asked(request, book, wanted, names, count=PRINTED)
    everything = not (wanted.narrows or wanted.numbers or page.older or page.newer)
    found = vouched(book, page.numbers, whole=everything)
    lines = sorted(found.lines, key=lambda line: (line.happened_at, line.number))
    chosen = bool(wanted.numbers or wanted.narrows)
    note_pages(book, page, what="print", chosen=chosen)
    if with_names:
        note_pages(book, page, what="names", chosen=chosen)
    contents = reads.listed(lines)
    context = {
        "book": book,
        "with_names": with_names,
        "with_names_link": _names_link(request, with_names=True),
        "without_names_link": _names_link(request, with_names=False),
        **_of_whom(book),
        "part": part_in_words(book),
        "wanted": wanted,
        "narrowed": filter_in_words(wanted, writers),
        "entries": [
            (line.number, at_reading_size(shown))
            for line, shown in zip(lines, reads.printed_lines(lines, names, book), strict=True)
        ],
        "wrong": found.wrong,
        "is_named": found.is_named,
        "contents": contents,
        "span": _span([line.happened_at for line in contents]),
        "older": link_to(request, before=page.older) if page.older else "",
        "all": link_to(request) or request.path,
        "at": in_words(timezone.now()),
        "by": request.account.full_name,
    }
    return render(request, "chronology/print.html", context)


def _names_link(request: WorkerRequest, *, with_names: bool) -> str:
    """Return the address of the same print, with names of other children or without them."""
    typed = asked(request).typed.copy()
    typed.pop("names", None)
    if with_names:
        typed["names"] = YES
    return f"?{typed.urlencode()}" if typed else request.path


def _of_whom(book: SeenBook) -> dict[str, Any]:
    """Return what each sheet says of the child: the full name, and as much of the birth as set."""
    details = child_details(book.child) if book.child and not book.is_in_part else None
    if details is None:
        return {"full_name": book.title, "born": ""}
    born = details.birth.printed_words(settings.PRINT_BIRTH)
    return {"full_name": details.full_name, "born": born}


def _span(moments: list[datetime]) -> tuple[str, str] | None:
    """Return the first and the last day of what is told."""
    if not moments:
        return None
    return date_in_words(day_of(min(moments))), date_in_words(day_of(max(moments)))
