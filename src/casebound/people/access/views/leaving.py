"""Who works at a home, where they are signed in, and closing the account of who leaves (P09, P13).

For administrators, and for managers about the people of their homes.
"""

from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casebound.foundation.base.folding import sort_key
from casebound.foundation.base.ids import is_id
from casebound.foundation.web.asked import asked
from casebound.people.access.actions import close_for_leaver, end_sessions_of
from casebound.people.access.http import permission_required, rights_here
from casebound.people.access.leavers import END, ends_everywhere, may_end
from casebound.people.access.unfinished import unfinished_of
from casebound.people.access.views.people import account_or_404
from casebound.people.accounts.open_sessions import open_sessions
from casebound.people.accounts.reads import AccountSeen, accounts_of
from casebound.people.accounts.signed_forms import KeyedForm, signed_in_by
from casebound.people.accounts.signed_in import WorkerRequest, worker_required
from casebound.people.events.whence import whence
from casebound.people.homes import reads as homes
from casebound.people.homes.appointments import workers_at
from casebound.people.homes.reads import HomeSeen
from casebound.people.rights.shape import Permission


@require_GET
@permission_required(END)
def people_here(request: WorkerRequest) -> HttpResponse:
    """Go to the people of the first home whose accounts this worker may end."""
    own = _homes_of(request)
    if not own:
        raise Http404
    return redirect("access:home_people", own[0].id)


@require_GET
@permission_required(END)
def home_people(request: WorkerRequest, home: str) -> HttpResponse:
    """List who works at a home, by name. 1 query a person, to say whose account one may end."""
    now = timezone.now()
    rights = rights_here(request, request.worker)
    own = _homes_of(request)
    where = next((seen for seen in own if seen.id == home), None)
    if where is None:
        raise Http404
    roles: dict[str, list[str]] = {}
    for worker, role in workers_at(where.id, at=now):
        words = gettext(role.words).capitalize()
        if words not in roles.setdefault(worker, []):
            roles[worker].append(words)
    people = sorted(accounts_of(roles), key=lambda person: (sort_key(person.full_name), person.id))
    shown = [
        {
            "of": person,
            "roles": roles[person.id],
            "may_end": may_end(rights, person.id, at=now),
        }
        for person in people
    ]
    context = {
        "home": where,
        "people": shown,
        "done": asked(request).done("closed"),
        "tabs": [
            (seen.name, reverse("access:home_people", args=[seen.id]), seen.id == where.id, "")
            for seen in (own if len(own) > 1 else [])
        ],
    }
    return render(request, "access/home_people.html", context)


@require_GET
@worker_required
def signed_in(request: WorkerRequest, account: str) -> HttpResponse:
    """Show where a person is signed in, and what to do if they leave."""
    now = timezone.now()
    person = _ended_by(request, account, at=now)
    context = {
        "person": person,
        "sessions": open_sessions(person.id, this=None, at=now),
        "unfinished": unfinished_of(person.id, asked_by=request.worker, at=now),
        "is_administrator": rights_here(request, request.worker).may(Permission.MANAGE_ACCOUNTS),
        "done": asked(request).done("signed_out"),
    }
    return render(request, "access/signed_in.html", context)


@require_POST
@worker_required
def sign_out(request: WorkerRequest, account: str) -> HttpResponse:
    """Sign a person out: on one device, or on all of them."""
    now = timezone.now()
    person = _ended_by(request, account, at=now)
    which = request.POST.get("which", "")
    if which and not is_id(which):
        raise Http404
    end_sessions_of(
        worker=person.id, by=request.worker, at=now, which=which, whence=whence(request)
    )
    return redirect(f"{reverse('access:signed_in', args=[person.id])}?done=signed_out")


@require_http_methods(["GET", "POST"])
@worker_required
def close(request: WorkerRequest, account: str) -> HttpResponse:
    """Ask if an account is to be closed; close it, with the person's appointments."""
    now = timezone.now()
    person = _ended_by(request, account, at=now)
    unfinished = unfinished_of(person.id, asked_by=request.worker, at=now)
    is_administrator = rights_here(request, request.worker).may(Permission.MANAGE_ACCOUNTS)
    if request.method != "POST":
        context = {
            "person": person, "unfinished": unfinished, "is_administrator": is_administrator,
            "form": KeyedForm(),
        }  # fmt: skip
        return render(request, "access/close.html", context)
    close_for_leaver(
        worker=person.id,
        by=request.worker,
        at=now,
        auth=signed_in_by(request),
        key=request.POST.get("key", "")[:64],
        whence=whence(request),
    )
    if is_administrator:
        return redirect("access:person", person.id)
    if unfinished:
        return redirect("drafting:left_by", person.id)
    [first, *_] = _homes_of(request)
    return redirect(f"{reverse('access:home_people', args=[first.id])}?done=closed")


def _homes_of(request: WorkerRequest) -> list[HomeSeen]:
    """Return the homes whose people's accounts this worker may end, without the office."""
    rights = rights_here(request, request.worker)
    every_home = homes.homes() if ends_everywhere(rights) else homes.homes(set(rights.homes(END)))
    return [seen for seen in every_home if not seen.is_office]


def _ended_by(request: WorkerRequest, account: str, *, at: datetime) -> AccountSeen:
    """Return the account of an address, if this worker may end it; their own is refused later."""
    person = account_or_404(account)
    rights = rights_here(request, request.worker)
    own = person.id == request.worker and rights.may(Permission.MANAGE_ACCOUNTS)
    if not own and not may_end(rights, person.id, at=at):
        raise Http404
    return person
