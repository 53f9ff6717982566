"""The other people in a child's book: who they are, and what they agreed to (P39)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from casebound.foundation.base.times import in_words
from casebound.foundation.web.asked import asked
from casebound.ledger.sealing.reads import book_pages
from casebound.people.access.actions import note_reading
from casebound.people.access.other_names import names_for
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.rights.shape import Permission
from casebound.record.third_parties.http import load_register
from casebound.record.third_parties.reads import people_of
from casebound.record.third_parties.wording import answer_words, known_words


@require_GET
@load_register
def register(request: WorkerRequest, book: SeenBook) -> HttpResponse:
    """Show the register: private people first, then professionals in their role."""
    now = timezone.now()
    people = people_of(book)
    note_reading(book, what="other_people", first=1, last=book_pages(book.id), at=now)
    names = names_for(request, book)
    names.look_at(words for seen in people for words in (*seen.names, seen.relation))
    rows = [
        (seen, answer_words(seen.permission), known_words(seen.known), seen.is_private)
        for seen in people
    ]
    context = {
        "book": book,
        "names": names,
        "private": [row for row in rows if row[3]],
        "professional": [row for row in rows if not row[3]],
        "may_write": book.may(Permission.WRITE_ENTRY),
        "done": asked(request).done("added", "changed"),
        "at": in_words(now),
        "by": request.account.full_name,
    }
    return render(request, "third_parties/register.html", context)
