"""Who may read this book, and why."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from casebound.foundation.web.asked import asked
from casebound.oversight.readers import reads
from casebound.oversight.readers.http import load_book_to_open
from casebound.people.access.for_a_time import roles_for_a_time
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.rights.shape import Permission


@require_GET
@load_book_to_open
def readers(request: WorkerRequest, book: SeenBook) -> HttpResponse:
    """List who reads the book by their role, for a time, and by name. At most 11 queries."""
    now = timezone.now()
    given = reads.grants_listed(book, at=now)
    return render(
        request,
        "readers/readers.html",
        {
            "book": book,
            "by_role": reads.by_role(book, at=now),
            "for_a_time": reads.for_a_time(book, at=now),
            "given": [line for line in given if not line.is_over],
            "over": [line for line in given if line.is_over],
            "gives": book.may(Permission.GRANT_ACCESS) is not None,
            "appoints": bool(roles_for_a_time(book)),
            "done": asked(request).done("given", "appointed", "ended"),
        },
    )
