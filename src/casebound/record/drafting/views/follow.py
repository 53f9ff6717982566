"""Begin what comes next after an entry."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casebound.foundation.base.refusals import RefusedError
from casebound.people.access.actions import note_reading
from casebound.people.access.http import load_book
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.duties.entries import WHOLE, Subject, SubjectKind
from casebound.record.book.reads import entry_in, may_read_words, status_of
from casebound.record.drafting import actions
from casebound.record.drafting.refused import refuse, refused_page
from casebound.record.followups.rules import NothingToFollowError
from casebound.rulebook.catalogue.catalogue import NoSuchFormError

WITH = "with-"


@require_http_methods(["GET", "POST"])
@load_book
def follow(request: WorkerRequest, book: SeenBook, number: int, form: str) -> HttpResponse:
    """Begin what comes next after an entry, with what is known filled in (P49, P28)."""
    if request.method != "POST":
        return refused_page(request, book, number)
    now = timezone.now()
    entry = entry_in(book, number)
    if entry is None or entry.is_damaged:
        raise Http404
    if not may_read_words(status_of(entry.entry_id, book=book.id), book):
        raise Http404
    note_reading(book, what="draft", first=number, last=number, at=now)
    try:
        draft = actions.begin_follow_up(
            book=book, entry=entry, form=form, subject=_subject(request),
            answers=_answers(request), by=request.worker, at=now,
        )  # fmt: skip
    except (NoSuchFormError, NothingToFollowError) as none:
        raise Http404 from none
    except RefusedError as refused:
        return refuse(request, refused)
    return redirect("drafting:write", draft)


def _answers(request: WorkerRequest) -> dict[str, str]:
    """Return what the button says already: `with-kind` answers the question `kind`."""
    return {
        name.removeprefix(WITH): value
        for name, value in request.POST.items()
        if name.startswith(WITH) and isinstance(value, str)
    }


def _subject(request: WorkerRequest) -> Subject:
    """Return which of several subjects the follow-up is for; without one, the whole entry."""
    try:
        kind = SubjectKind(request.POST.get("subject_kind", ""))
    except ValueError:
        return WHOLE
    return Subject(kind, request.POST.get("subject_id", ""))
