"""Keeping an account: its name, its end, and opening it again. For the system administrator."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from casebound.foundation.web.moment_field import typed_moment
from casebound.people.access.forms import EndsForm, ReopenForm, SignOnForm, WorkerNameForm
from casebound.people.access.views.people import account_or_404
from casebound.people.access.views.rights import administrator_required
from casebound.people.accounts.reads import AccountSeen
from casebound.people.accounts.signed_forms import form_page, is_sealed, signed_in_by
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.events.actions import note_event
from casebound.people.events.kinds import EventKind
from casebound.people.events.whence import whence
from casebound.people.staff import actions as staff


@require_http_methods(["GET", "POST"])
@administrator_required
def rename(request: WorkerRequest, account: str) -> HttpResponse:
    """Ask for the new name, and give it. What was signed keeps the old one."""
    person = account_or_404(account)
    form = WorkerNameForm(request.POST or None, initial={"full_name": person.full_name})

    def seal(answers: dict[str, Any], proof: str) -> None:
        staff.rename_account(
            account=person.id,
            full_name=answers["full_name"],
            only_one_name=answers["only_one_name"],
            by=request.worker,
            at=timezone.now(),
            auth=proof,
            key=answers["key"],
        )

    if is_sealed(request, form, seal):
        _note(request, person, EventKind.ACCOUNT_RENAMED)
        return _back(person, "renamed")
    return form_page(request, "access/rename.html", form, {"person": person})


@require_http_methods(["GET", "POST"])
@administrator_required
def reopen(request: WorkerRequest, account: str) -> HttpResponse:
    """Ask if a closed account is to be opened again, and open it. It has no appointment then."""
    person = account_or_404(account)
    form = ReopenForm(request.POST or None)

    def seal(answers: dict[str, Any], proof: str) -> None:
        staff.reopen_account(
            account=person.id, by=request.worker, at=timezone.now(), auth=proof, key=answers["key"]
        )

    if is_sealed(request, form, seal):
        _note(request, person, EventKind.ACCOUNT_REOPENED)
        return _back(person, "reopened")
    return form_page(request, "access/reopen.html", form, {"person": person})


@require_http_methods(["GET", "POST"])
@administrator_required
def ends(request: WorkerRequest, account: str) -> HttpResponse:
    """Ask when an account ends by itself, such as an agency worker's, and keep it."""
    person = account_or_404(account)
    shown = typed_moment(person.ends_at) if person.ends_at else None
    form = EndsForm(request.POST or None, initial={"ends": "on", "ends_at": shown})

    def seal(answers: dict[str, Any], proof: str) -> None:
        staff.set_end(
            account=person.id,
            ends_at=answers["ends_at"] if answers["ends"] == "on" else None,
            by=request.worker,
            at=timezone.now(),
            auth=proof,
            key=answers["key"],
        )

    if is_sealed(request, form, seal):
        _note(request, person, EventKind.ACCOUNT_ENDS)
        return _back(person, "ends" if form.cleaned_data["ends"] == "on" else "no_end")
    return form_page(request, "access/ends.html", form, {"person": person})


@require_http_methods(["GET", "POST"])
@administrator_required
def sign_on(request: WorkerRequest, account: str) -> HttpResponse:
    """Ask who a person is at the single sign-on, and write it down."""
    if settings.SIGN_ON is None:
        raise Http404
    person = account_or_404(account)
    form = SignOnForm(request.POST or None, initial={"known_as": person.sign_on_as})

    def seal(answers: dict[str, Any], proof: str) -> None:
        staff.set_sign_on(
            account=person.id,
            known_as=answers["known_as"],
            by=request.worker,
            at=timezone.now(),
            auth=proof,
            key=answers["key"],
        )

    if is_sealed(request, form, seal):
        _note(request, person, EventKind.SIGN_ON_SET)
        return _back(person, "sign_on")
    context = {"person": person, "name": settings.SIGN_ON.name}
    return form_page(request, "access/sign_on.html", form, context)


@require_POST
@administrator_required
def take_back_link(request: WorkerRequest, account: str) -> HttpResponse:
    """Take back a set-up link that was not used."""
    person = account_or_404(account)
    staff.take_back_link(
        account=person.id, by=request.worker, at=timezone.now(), auth=signed_in_by(request)
    )
    _note(request, person, EventKind.LINK_TAKEN_BACK)
    return _back(person, "link_back")


def _note(request: WorkerRequest, person: AccountSeen, kind: EventKind) -> None:
    tell = [person.id] if person.id != request.worker else []
    note_event(
        kind=kind, about=person.id, by=request.worker, at=timezone.now(), whence=whence(request),
        tell=tell,
    )  # fmt: skip


def _back(person: AccountSeen, done: str) -> HttpResponse:
    return redirect(f"{reverse('access:person', args=[person.id])}?done={done}")
