"""Begin writing: one tap from the Shift page, or from an entry that is to be put right."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from casebound.foundation.base.refusals import RefusedError
from casebound.ledger.sealing import reads as sealed
from casebound.people.access.actions import note_reading
from casebound.people.access.http import load_book
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.duties.entries import WHOLE, Subject, SubjectKind
from casebound.people.rights.shape import Permission
from casebound.record.book.entries import PUTS_RIGHT, WITHDRAWS, Entry, How, is_written
from casebound.record.book.reads import barred_from_view, forms_of
from casebound.record.book.rules import check_may_withdraw
from casebound.record.drafting import actions
from casebound.record.drafting.permitting import offered_forms
from casebound.record.drafting.reads import about_earlier
from casebound.record.followups.rules import NothingToFollowError
from casebound.rulebook.catalogue.catalogue import NoSuchFormError
from casebound.rulebook.catalogue.listing import grouped

LONGEST_SEARCH = 80


@require_GET
@load_book
def choose(request: WorkerRequest, book: SeenBook) -> HttpResponse:
    """List every form of the book by group, or those that fit what was searched for. No query."""
    book.check_may(Permission.WRITE_ENTRY)
    wanted = request.GET.get("q", "")[:LONGEST_SEARCH]
    return render(
        request,
        "drafting/choose.html",
        {"book": book, "wanted": wanted, "groups": grouped(offered_forms(book), wanted)},
    )


@require_POST
@load_book
def begin(request: WorkerRequest, book: SeenBook, form: str) -> HttpResponse:
    """Begin an entry on a form in this book, or go on with one that is still untouched."""
    if form not in {one.name for one in forms_of(book)}:
        raise Http404
    draft = actions.begin_draft(book=book, form=form, by=request.worker, at=timezone.now())
    return redirect("drafting:write", draft)


@require_POST
@load_book
def put_right(request: WorkerRequest, book: SeenBook, number: int, how: str) -> HttpResponse:
    """Begin an entry that adds to, corrects, strikes or moves an earlier one (P50, P64)."""
    entry = sealed.entry_at(book.id, number)
    if entry is None or not is_written(entry) or how not in {one.value for one in PUTS_RIGHT}:
        raise Http404
    if barred_from_view([entry.entry_id], book=book.id):
        raise Http404
    note_reading(book, what="draft", first=number, last=number, at=timezone.now())
    if How(how) in WITHDRAWS:
        try:
            check_may_withdraw(
                Entry.read(entry), worker=request.worker, full_name=request.account.full_name
            )
        except RefusedError as refused:
            context = {"book": book, "number": number, "refused": refused}
            return render(request, "drafting/refused.html", context, status=403)
    about = about_earlier(entry, book=book.id, how=How(how))
    draft = actions.begin_draft(
        book=book, form=how, by=request.worker, at=timezone.now(), about=about
    )
    return redirect("drafting:write", draft)


@require_POST
@load_book
def follow(request: WorkerRequest, book: SeenBook, number: int, form: str) -> HttpResponse:
    """Begin what comes next after an entry, with what is known filled in (P49, P28)."""
    now = timezone.now()
    entry = sealed.entry_at(book.id, number)
    if entry is None:
        raise Http404
    note_reading(book, what="draft", first=number, last=number, at=now)
    try:
        draft = actions.begin_follow_up(
            book=book, entry=entry, form=form, subject=_subject(request),
            by=request.worker, at=now,
        )  # fmt: skip
    except (NoSuchFormError, NothingToFollowError) as none:
        raise Http404 from none
    except RefusedError as refused:
        context = {"book": book, "number": number, "refused": refused}
        return render(request, "drafting/refused.html", context, status=403)
    return redirect("drafting:write", draft)


def _subject(request: WorkerRequest) -> Subject:
    """Return which of several the posted follow-up is for; the entry as a whole if it says none."""
    try:
        kind = SubjectKind(request.POST.get("subject_kind", ""))
    except ValueError:
        return WHOLE
    return Subject(kind, request.POST.get("subject_id", ""))
