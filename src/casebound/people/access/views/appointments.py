"""Appointing people and ending their appointments: for the system administrator.

Nobody appoints themselves: a person who looks after accounts must not be able to let themselves
into a book (P13).
"""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casebound.foundation.base.ids import HomeId
from casebound.foundation.base.refusals import NotAllowedError
from casebound.foundation.web.moment_field import typed_moment
from casebound.people.access.forms import EVERYWHERE, AppointForm, EndForm
from casebound.people.access.unfinished import unfinished_of
from casebound.people.access.views.people import (
    account_or_404,
    appointment_shown,
    home_choices,
    person_page,
    role_choices,
)
from casebound.people.access.views.rights import administrator_required
from casebound.people.accounts.actions import AccountClosedError
from casebound.people.accounts.signed_forms import form_page, is_sealed
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.events.whence import whence
from casebound.people.homes import actions
from casebound.people.homes.appointments import appointment
from casebound.people.homes.reads import homes
from casebound.people.second_person.actions import appoint_or_ask


class AppointYourselfError(NotAllowedError):
    """An administrator would appoint themselves."""

    what = "You were not appointed."
    why = "You cannot appoint yourself, so that nobody gives themselves access to a child's book."
    do = "Ask another system administrator to do it."


@require_http_methods(["GET", "POST"])
@administrator_required
def appoint(request: WorkerRequest, account: str) -> HttpResponse:
    """Appoint a person at a home, or for the whole provider."""
    person = account_or_404(account)
    if request.method != "POST":
        return person_page(request, person, None)
    if person.id == request.worker:
        raise AppointYourselfError
    if person.closed_at is not None:
        raise AccountClosedError
    form = AppointForm(request.POST, homes=home_choices(homes()), roles=role_choices(request))

    done: list[bool] = []

    def seal(answers: dict[str, Any], proof: str) -> None:
        is_done = appoint_or_ask(
            worker=person.id,
            role=answers["role"],
            home=None if answers["home"] == EVERYWHERE else HomeId(answers["home"]),
            from_at=answers["from_at"],
            by=request.worker,
            at=timezone.now(),
            auth=proof,
            key=answers["key"],
            whence=whence(request),
        )
        done.append(is_done)

    if is_sealed(request, form, seal):
        word = "appointed" if done[0] else "asked"
        return redirect(f"{reverse('access:person', args=[person.id])}?done={word}")
    return person_page(request, person, form)


@require_http_methods(["GET", "POST"])
@administrator_required
def end(request: WorkerRequest, account: str, which: str) -> HttpResponse:
    """Ask when an appointment ends, and end it."""
    person = account_or_404(account)
    ending = appointment(which)
    if ending is None or ending.worker != person.id:
        raise Http404
    now = timezone.now()
    form = EndForm(request.POST or None, initial={"to_at": typed_moment(now)})

    def seal(answers: dict[str, Any], proof: str) -> None:
        actions.end_appointment(
            appointment=ending.id,
            to_at=answers["to_at"],
            by=request.worker,
            at=now,
            auth=proof,
            key=answers["key"],
        )

    if is_sealed(request, form, seal):
        return redirect(f"{reverse('access:person', args=[person.id])}?done=ended")
    return form_page(
        request,
        "access/end_appointment.html",
        form,
        {
            "person": person,
            "appointment": appointment_shown(ending, homes(), at=now),
            "unfinished": unfinished_of(person.id, asked_by=request.worker, at=now),
        },
    )
