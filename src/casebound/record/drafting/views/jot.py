"""Jot: a note from wherever one is, begun in one tap (P02, P03)."""

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
    """Ask about whom; the child whose book one came from is the first. 404 for who only reads."""
    came_from = urlsplit(request.headers.get("Referer", "")).path.split("/")
    children = [one for one in books if one.child and one.may(Permission.WRITE_ENTRY, form="note")]
    if not children:
        raise Http404
    children.sort(key=lambda one: one.id not in came_from)
    return render(request, "drafting/jot.html", {"children": children})
