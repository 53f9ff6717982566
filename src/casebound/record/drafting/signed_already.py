"""The address of a draft that its author has signed: it leads to the entry.

After a lost answer, a second tap or the Back button, the browser asks for a draft that is already
an entry. The entry has the id of its draft, so no extra table is needed to find it.
"""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from casebound.foundation.base.ids import DraftId, EntryId, WorkerId
from casebound.foundation.web.errors import pairs
from casebound.foundation.web.posted import come_back, posted_before
from casebound.ledger.sealing.reads import entry_of
from casebound.people.access.reads import SeenBook, seen_among
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.rights.shape import Permission
from casebound.record.book.entries import Entry, is_written
from casebound.record.book.separating import first_book
from casebound.rulebook.catalogue import catalogue

GONE = 410
PROOFS = frozenset({"password", "passkey"})  # posted by a page that signs


@dataclass(frozen=True, slots=True)
class SignedDraft:
    """The entry that a draft became: the book it was begun in, and its number there."""

    book: SeenBook
    number: int
    live_log: bool


def entry_id_of(draft: DraftId) -> EntryId:
    """Return the id of a draft's entry. It is the draft's id, so a draft becomes one at most."""
    return EntryId(draft)


def signed_draft(draft: DraftId, *, author: WorkerId, at: datetime) -> SignedDraft | None:
    """Return the place of the author's entry; None if they signed no such draft. 2 queries."""
    entry = entry_of(entry_id_of(draft))
    if entry is None or entry.signed_by != author or not is_written(entry):
        return None
    fact = Entry.read(entry)
    book_id = first_book(entry, fact)
    books = seen_among(author, [book_id], at=at, to=Permission.FINISH_OWN_DRAFT)
    book = books.get(book_id)
    form = catalogue.form(fact.form, fact.form_version)
    return SignedDraft(book, entry.pages[book_id], form.live_log) if book else None


def answer_signed(request: WorkerRequest, draft: DraftId) -> HttpResponse:
    """Answer a request for a draft that does not exist: it was signed, or it never existed.

    A request to sign gets the same answer as the first time. Others get the entry's address.

    Raises:
        Http404: this worker signed no such draft.
    """
    signed = signed_draft(draft, author=request.worker, at=timezone.now())
    if signed is None:
        raise Http404
    posted = request.method == "POST"
    if posted and PROOFS & request.POST.keys():
        return to_the_entry(signed.book, signed.number, live_log=signed.live_log)
    part = "HX-Request" in request.headers
    if posted and not part:
        return come_back(
            request, to=reverse("drafting:write", args=[draft])
        )  # what was typed since is listed there
    before = posted_before(request)
    context = {
        "book": signed.book,
        "number": signed.number,
        "reads": signed.book.may(Permission.READ_BOOK),
        "typed": pairs(before.typed) if before else [],
    }
    template = "drafting/_signed_already.html" if part else "drafting/signed_already.html"
    response = render(request, template, context, status=GONE if posted or before else 200)
    response.is_over = True  # type: ignore[attr-defined]  # a refused page of it is not shown again
    return response


def to_the_entry(book: SeenBook, number: int, *, live_log: bool) -> HttpResponse:
    """Go on to the sealed entry, or to the live log that it is a line of.

    A worker who may only finish goes to their Shift page.
    """
    if not book.may(Permission.READ_BOOK):
        return redirect(f"{reverse('desk:shift')}?sealed={number}&book={book.id}")
    page = "missing:episode" if live_log else "chronology:entry"
    return redirect(f"{reverse(page, args=[book.id, number])}?sealed=1")
