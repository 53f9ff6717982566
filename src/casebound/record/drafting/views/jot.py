"""Jot: a note from any page, begun in one tap (P02, P03)."""

from urllib.parse import urlsplit

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from casebound.people.access.http import load_books
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.rights.shape import Permission


@require_GET
@load_books
def jot(request: WorkerRequest, books: list[SeenBook]) -> HttpResponse:
    """Ask which child it is about; the child whose page the worker came from is first.

    A worker who may write nothing gets 404.
    """
    came_from = urlsplit(request.headers.get("Referer", "")).path.split("/")
    children = [
        book for book in books if book.child and book.may(Permission.WRITE_ENTRY, form="note")
    ]
    if not children:
        raise Http404
    children.sort(key=lambda book: book.id not in came_from)
    return render(request, "drafting/jot.html", {"children": children})
