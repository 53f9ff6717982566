"""Letting a named person read a book, or a part of it, for a time; and ending that (P13, P63)."""

from datetime import timedelta
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casebound.foundation.base.ids import WorkerId
from casebound.foundation.web.asked import asked
from casebound.foundation.web.moment_field import typed_moment
from casebound.oversight.readers.forms import EndNowForm, GiveForm, What
from casebound.oversight.readers.http import load_book_to_open
from casebound.oversight.readers.parts import (
    forms_to_open,
    part_chosen,
    registers_to_open,
    whats,
)
from casebound.oversight.readers.reads import grant_shown, people_to_choose
from casebound.people.access.actions import end_grant, grant_access
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_forms import form_page, is_sealed
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.homes.reads import grant as grant_seen
from casebound.people.rights.shape import Permission

USUALLY: Final = timedelta(days=7)


@require_http_methods(["GET", "POST"])
@load_book_to_open
def give(request: WorkerRequest, book: SeenBook) -> HttpResponse:
    """Choose who, what and until when, and seal it in the book."""
    if not book.may(Permission.GRANT_ACCESS):
        raise Http404
    now = timezone.now()
    entry = asked(request).text("entry")
    form = GiveForm(
        request.POST or None,
        initial={
            "what": What.ENTRY.value if entry else "",
            "entry": entry,
            "from_at": typed_moment(now),
            "to_at": typed_moment(now + USUALLY),
        },
        workers=people_to_choose(but=request.worker),
        whats=whats(),
        of_forms=forms_to_open(book),
        registers=registers_to_open(),
    )

    def seal(answers: dict[str, Any], proof: str) -> None:
        grant_access(
            book=book,
            worker=WorkerId(answers["worker"]),
            reason=answers["reason"],
            from_at=answers["from_at"],
            to_at=answers["to_at"],
            by=request.worker,
            at=now,
            auth=proof,
            key=answers["key"],
            **part_chosen(book, answers),
        )

    if is_sealed(request, form, seal):
        return redirect(f"{reverse('readers:readers', args=[book.id])}?done=given")
    return form_page(request, "readers/give.html", form, {"book": book})


@require_http_methods(["GET", "POST"])
@load_book_to_open
def end(request: WorkerRequest, book: SeenBook, which: str) -> HttpResponse:
    """Ask why access ends before its time, and end it."""
    now = timezone.now()
    ending = grant_seen(which)
    if ending is None or ending.book != book.id or not book.may(Permission.GRANT_ACCESS):
        raise Http404
    form = EndNowForm(request.POST or None)

    def seal(answers: dict[str, Any], proof: str) -> None:
        end_grant(
            book=book,
            grant=ending.id,
            reason=answers["reason"],
            by=request.worker,
            at=now,
            auth=proof,
            key=answers["key"],
        )

    if is_sealed(request, form, seal):
        return redirect(f"{reverse('readers:readers', args=[book.id])}?done=ended")
    shown = grant_shown([ending], book, at=now)[0]
    return form_page(request, "readers/end.html", form, {"book": book, "ending": shown})
