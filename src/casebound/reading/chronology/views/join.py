"""Say that two entries tell of one event: choose the other one, then sign."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from casebound.foundation.base.ids import EntryId, is_id
from casebound.foundation.base.refusals import RefusedError
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.access.actions import note_reading
from casebound.people.access.http import load_book
from casebound.people.access.other_names import OtherNames, names_for
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.rights.shape import Permission
from casebound.reading.chronology.near import NearEntry, entries_near
from casebound.record.book.entries import Entry, is_written
from casebound.record.book.reads import entry_in, is_withdrawn
from casebound.record.book.relations import JOINS
from casebound.record.drafting import actions
from casebound.record.drafting.actions import NotOfEventError
from casebound.record.drafting.event_offers import others_of_event

REFUSED = 422
LONGEST_NUMBER = 9  # digits of a page


@require_http_methods(["GET", "POST"])
@load_book
def join(request: WorkerRequest, book: SeenBook, number: int) -> HttpResponse:
    """Offer the entries of about the same time; on POST begin the entry that links the two."""
    entry = entry_in(book, number)
    if entry is None or not is_written(entry) or is_withdrawn(entry.entry_id, book=book.id):
        raise Http404
    if book.child is None or not book.may(Permission.WRITE_ENTRY, form=JOINS.key):
        raise Http404
    if request.method != "POST":
        return _page(request, book, entry)
    now = timezone.now()
    note_reading(book, what="draft", first=number, last=number, at=now)
    try:
        other = _chosen(request, book)
        if other in _linked(request, entry):
            raise NotOfEventError
        draft = actions.begin_joining(
            book=book, earlier=entry, other=other, by=request.worker, at=now
        )
    except RefusedError as refused:
        return _page(request, book, entry, refused=refused, status=REFUSED)
    return redirect("drafting:sign", draft)


def _chosen(request: WorkerRequest, book: SeenBook) -> EntryId:
    """Return the entry that was chosen from the list, or whose number was typed.

    Raises:
        NotOfEventError: there is none.
    """
    typed = request.POST.get("other_number", "").strip()
    if typed.isdecimal() and len(typed) <= LONGEST_NUMBER:
        entry = entry_in(book, int(typed))
        if entry is None or not is_written(entry):
            raise NotOfEventError
        return entry.entry_id
    chosen = request.POST.get("other", "")
    if typed or not is_id(chosen):
        raise NotOfEventError
    return EntryId(chosen)


def _linked(request: WorkerRequest, entry: ReadEntry) -> set[EntryId]:
    others = others_of_event(entry, request.worker, at=timezone.now())
    return {other.entry for other in others}


def _said_of(other: NearEntry, names: OtherNames) -> str:
    words = gettext("{what} no. {number} in the book of {title}, {when}")
    return words.format(
        what=other.title, number=other.number, title=names.title(other.book), when=other.when
    )


def _page(
    request: WorkerRequest,
    book: SeenBook,
    entry: ReadEntry,
    *,
    refused: RefusedError | None = None,
    status: int = 200,
) -> HttpResponse:
    known = {entry.entry_id, *_linked(request, entry)}
    names = names_for(request, book)
    near = entries_near(book, Entry.read(entry), but=known, at=timezone.now())
    context = {
        "book": book,
        "names": names,
        "number": entry.pages[book.id],
        "near": [(other.entry, _said_of(other, names)) for other in near],
        "refused": refused,
        "chosen": request.POST.get("other", ""),
        "typed_number": request.POST.get("other_number", ""),
    }
    return render(request, "chronology/join.html", context, status=status)
