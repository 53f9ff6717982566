"""A receipt to keep: its holder can prove for ever that this page was sealed."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from casebound.ledger.sealing import receipts
from casebound.people.access.actions import note_reading
from casebound.people.access.http import load_book
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.reading.chronology.reads import is_as_sealed
from casebound.record.book.reads import is_open_to


@require_GET
@load_book
def receipt(request: WorkerRequest, book: SeenBook, number: int) -> HttpResponse:
    """Send the receipt of a page of this book. It contains no word of the entry and no name.

    There is none as long as the page is stored otherwise than it was sealed.
    """
    index = receipts.index_of(book.id, number)
    if index is None or not is_open_to(book, index):
        raise Http404
    if not is_as_sealed(book, number):
        # The paper that goes with the receipt could say something else than what was sealed.
        return render(
            request, "proof/no_receipt.html", {"book": book, "number": number}, status=409
        )
    note_reading(book, what="proof", first=number, last=number, at=timezone.now())
    answer = HttpResponse(receipts.receipt(index), content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="line-{index + 1}.tlog-proof"'
    return answer
