"""Search: the words are posted, so that nothing about a child stands in an address (P12).

What was asked is kept under the session, and each result is a page of its own: Back and reload
ask the same question again, with the rights of that moment.
"""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods

from casebound.foundation.web.asked import asked, number_of
from casebound.foundation.web.posted import come_back, posted_before
from casebound.people.access.actions import note_readings
from casebound.people.access.http import load_books_in_part
from casebound.people.access.other_names import names_in_books
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.rights.shape import ReadsAs
from casebound.reading.search import reads
from casebound.reading.search.query import SearchRefusedError, read_query

LONGEST_KEY = 18  # digits
LITTLE = 4  # statements: fewer, and a name may be misspelt, so that others are offered


@require_http_methods(["GET", "POST"])
@load_books_in_part
def search(request: WorkerRequest, books: list[SeenBook]) -> HttpResponse:
    """Show the box, or what was found, newest first, and put each look on the read trail.

    Who reads a book as its child does not search it: the index holds what staff read.
    """
    books = [book for book in books if book.reads_as is ReadsAs.STAFF]
    if not books:
        raise Http404
    if request.method == "POST":
        return come_back(request)
    posted = posted_before(request)
    now = timezone.now()
    reach = reads.reach(books, worker=request.worker, at=now)
    typed_before = posted.typed if posted else QueryDict()
    typed, within = typed_before.get("q", ""), typed_before.get("within", "")
    shown: dict[str, Any] = {"typed": typed, "within": within, "choices": reads.choices(reach)}
    if posted is None:
        return render(request, "search/search.html", shown)
    try:
        scope, home = reads.narrowed(reach, within)
        query = read_query(typed)
    except reads.OutOfReachError:
        raise Http404 from None
    except SearchRefusedError as refused:
        return render(
            request,
            "search/search.html",
            shown | {"refused": refused, "wrong": [("search", refused.do)]},
            status=422,
        )
    typed_key = typed_before.get("before", "")
    before = number_of(typed_key, digits=LONGEST_KEY) or None
    if typed_key and before is None:
        asked(request).left_out(
            gettext_noop("Older than"), typed_key, gettext_noop("The newest statements are shown.")
        )
    names = partial(names_in_books, request, worker=request.worker)
    page = reads.search(query, books=scope, home=home, before=before, names=names)
    if before is None and len(page.found) < LITTLE:
        shown["instead"] = reads.instead(query, books=scope, home=home, names=names)
    looks = dict.fromkeys((hit.book, hit.number) for hit in page.found)
    note_readings([(book, no, no) for book, no in looks], what="search", at=now)
    shown |= {"page": page, "before": before, "damaged": reads.damaged(scope)}
    return render(request, "search/search.html", shown)
