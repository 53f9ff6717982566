"""A book on the screen and in print: newest entry first, filtered, paged by key."""

from functools import lru_cache

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET
from markupsafe import Markup

from casebound.foundation.base.calendar import day_of
from casebound.foundation.base.markup import together
from casebound.foundation.base.times import day_in_words
from casebound.foundation.base.typed_times import boxed_day, day_asked
from casebound.foundation.web.asked import asked, number_of
from casebound.foundation.web.templatetags.web_fields import options
from casebound.people.access.http import load_book_in_part
from casebound.people.access.other_names import names_for
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.rights.shape import Permission
from casebound.reading.chronology import reads
from casebound.reading.chronology.asked import (
    filter_in_words,
    lines_wanted,
    link_to,
    note_pages,
    page_asked,
)
from casebound.reading.chronology.part_words import part_in_words, registers_open
from casebound.record.book.reads import book_kind, forms_of
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.shape import BookKind


@require_GET
@load_book_in_part
def book(request: WorkerRequest, book: SeenBook) -> HttpResponse:
    """Show a page of the book. 3 queries and 1 statement of the read trail, at any length.

    In a child's book 1 query more asks who else lives there, and 1 what the reader may know of them
    if a line names one.
    """
    here = asked(request)
    no_such = here.text("no")
    number = number_of(no_such.lower().removeprefix("no").strip(" ."))
    if number > 0 and reads.has_page(book, number):
        return redirect("chronology:entry", book.id, number)
    writers = reads.writers(book) if not book.is_in_part else []
    wanted = lines_wanted(request, book, dict(writers))
    names = names_for(request, book)
    page = page_asked(request, book, wanted, names, count=reads.PAGE)
    note_pages(book, page, what="book")
    context = {
        "book": book,
        "part": part_in_words(book),
        "part_registers": registers_open(book),
        "names": names,
        "lines": together(page.lines),
        "left": day_in_words(day_of(book.left_at)) if book.left_at else "",
        "begin": [
            (form.name, form.shown_as)
            for form in forms_of(book)
            if form.at_hand and book.may(Permission.WRITE_ENTRY, form=form.name)
        ],
        "wanted": wanted,
        "upto": {
            "typed": boxed_day(here.typed, "upto"),
            "wrong": day_asked(here.typed, "upto")[1],
        },
        "forms": _form_options(
            book_kind(book), secure=book.secure, chosen=wanted.form, language=get_language()
        ),
        "writers": writers,
        "narrowed": filter_in_words(wanted, dict(writers)),
        "narrowed_link": link_to(request),
        "no_such": no_such,
        "newer": link_to(request, after=page.newer) if page.newer else "",
        "older": link_to(request, before=page.older) if page.older else "",
    }
    return render(request, "chronology/book.html", context)


@lru_cache(maxsize=500)  # the same for all books of a kind, and 44 options take 0.15 ms to build
def _form_options(kind: BookKind, *, secure: bool, chosen: str, language: str | None) -> Markup:
    del language  # the titles are in it
    forms = catalogue.forms_for(kind, secure=secure)
    return options([(form.name, form.title) for form in forms], chosen)
