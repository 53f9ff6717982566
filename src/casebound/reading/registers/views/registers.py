"""The registers of a home."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from casebound.people.access.http import load_book
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.reading.registers import reads


@require_GET
@load_book
def registers(request: WorkerRequest, book: SeenBook) -> HttpResponse:
    """Show a home's registers, with how many numbers each has. A child's book has none."""
    if book.child is not None:
        raise Http404
    seen = reads.registers_of(book)
    return render(request, "registers/registers.html", {"book": book, "registers": seen})
