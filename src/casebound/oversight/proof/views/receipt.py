"""A receipt to keep: its holder can prove for ever that this page was sealed."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from casebound.ledger.sealing import receipts
from casebound.people.access.actions import note_reading
from casebound.people.access.http import load_book
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.record.book.reads import is_open_to


@require_GET
@load_book
def receipt(request: WorkerRequest, book: SeenBook, number: int) -> HttpResponse:  # noqa: ARG001
    """Send the receipt of a page of this book. It contains no word of the entry and no name."""
    index = receipts.index_of(book.id, number)
    if index is None or not is_open_to(book, index):
        raise Http404
    note_reading(book, what="proof", first=number, last=number, at=timezone.now())
    answer = HttpResponse(receipts.receipt(index), content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="line-{index + 1}.tlog-proof"'
    return answer
