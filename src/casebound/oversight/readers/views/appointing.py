"""Letting somebody work here or visit for a time, and ending that (P13, P63).

The manager of the home gives an agency worker one shift, which ends by itself.
"""

from datetime import timedelta
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from casebound.foundation.base.ids import WorkerId
from casebound.foundation.web.moment_field import typed_moment
from casebound.oversight.readers.forms import EndNowForm, ForATimeForm
from casebound.oversight.readers.http import load_book_to_open
from casebound.oversight.readers.reads import appointments_shown, longest_in_words, people_to_choose
from casebound.people.access.actions import appoint_for_a_time, end_for_a_time
from casebound.people.access.for_a_time import may_end, roles_for_a_time
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_forms import form_page, is_sealed
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.homes.appointments import appointment
from casebound.people.rights.rights import role_of

A_SHIFT: Final = timedelta(hours=12)


@require_http_methods(["GET", "POST"])
@load_book_to_open
def appoint(request: WorkerRequest, book: SeenBook) -> HttpResponse:
    """Choose who, in which role and until when, and seal it."""
    offered = roles_for_a_time(book)
    if not offered:
        raise Http404
    now = timezone.now()
    form = ForATimeForm(
        request.POST or None,
        initial={"from_at": typed_moment(now), "to_at": typed_moment(now + A_SHIFT)},
        workers=people_to_choose(but=request.worker),
        roles=[(role.key, gettext(role.words).capitalize()) for role in offered],
    )

    def seal(answers: dict[str, Any], proof: str) -> None:
        appoint_for_a_time(
            book=book,
            worker=WorkerId(answers["worker"]),
            role=role_of(answers["role"]),
            reason=answers["reason"],
            from_at=answers["from_at"],
            to_at=answers["to_at"],
            by=request.worker,
            at=now,
            auth=proof,
            key=answers["key"],
        )

    if is_sealed(request, form, seal):
        return redirect(f"{reverse('readers:readers', args=[book.id])}?done=appointed")
    context = {
        "book": book,
        "longest_of": [(gettext(r.words), longest_in_words(r)) for r in offered],
    }
    return form_page(request, "readers/appoint.html", form, context)


@require_http_methods(["GET", "POST"])
@load_book_to_open
def end(request: WorkerRequest, book: SeenBook, which: str) -> HttpResponse:
    """Ask why it ends before its time, and end it."""
    now = timezone.now()
    ending = appointment(which)
    if ending is None or not may_end(book, ending):
        raise Http404
    form = EndNowForm(request.POST or None)

    def seal(answers: dict[str, Any], proof: str) -> None:
        end_for_a_time(
            book=book,
            appointment=ending,
            reason=answers["reason"],
            by=request.worker,
            at=now,
            auth=proof,
            key=answers["key"],
        )

    if is_sealed(request, form, seal):
        return redirect(f"{reverse('readers:readers', args=[book.id])}?done=ended")
    shown = appointments_shown([ending], at=now)[0]
    return form_page(request, "readers/end.html", form, {"book": book, "ending": shown})
