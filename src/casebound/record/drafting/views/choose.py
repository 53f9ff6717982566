"""Every form of a book, to choose what to write."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from casebound.foundation.web.asked import asked
from casebound.people.access.http import load_book
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.rights.shape import Permission
from casebound.record.drafting.permitting import offered_forms
from casebound.rulebook.catalogue.listing import grouped

LONGEST_SEARCH = 80


@require_GET
@load_book
def choose(request: WorkerRequest, book: SeenBook) -> HttpResponse:
    """List every form of the book by group, or those that fit what was searched for. No query."""
    book.check_may(Permission.WRITE_ENTRY)
    wanted = asked(request).text("q", label=gettext_noop("Find a form"), longest=LONGEST_SEARCH)
    return render(
        request,
        "drafting/choose.html",
        {"book": book, "wanted": wanted, "groups": grouped(offered_forms(book), wanted)},
    )
