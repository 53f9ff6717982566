"""Our home: who lives here. Its managers see it; everybody else gets 404 (P13, P63)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from casebound.foundation.base.ids import is_id
from casebound.foundation.web.asked import asked
from casebound.foundation.web.moment_field import typed_moment
from casebound.people.access.forms import AdmitForm, EndForm
from casebound.people.access.http import rights_here
from casebound.people.access.views.naming import called_alike
from casebound.people.access.views.rights import load_managed_home
from casebound.people.accounts.reads import full_names
from casebound.people.accounts.signed_forms import form_page, is_sealed
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.homes import actions, appointments, reads
from casebound.people.homes.births import BirthKnown
from casebound.people.homes.reads import HomeSeen
from casebound.people.rights.shape import Permission


@require_GET
@load_managed_home
def our_home(request: WorkerRequest, home: HomeSeen) -> HttpResponse:
    """Show who lives here and who their key workers are. 5 queries, 1 more between homes."""
    now = timezone.now()
    placements = reads.placements_at(home.id, at=now)
    key_work = appointments.key_workers_at(home.id, at=now)
    names = full_names(line.worker for line in key_work)
    here = {placement.child for placement in placements}
    shown = [
        {
            "id": line.id,
            "worker": names.get(line.worker, ""),
            "child": line.child,
            "from_at": line.from_at if line.from_at > now else None,
            "to_at": line.to_at,
        }
        for line in key_work
    ]
    managed = set(rights_here(request, request.worker).homes(Permission.MANAGE_HOME))
    return render(
        request,
        "access/our_home.html",
        {
            "home": home,
            "children": [
                {
                    "of": placement,
                    "is_here": placement.from_at <= now,
                    "key_workers": [work for work in shown if work["child"] == placement.child],
                }
                for placement in placements
            ],
            "over": [work for work in shown if work["child"] not in here],
            "tabs": [
                (
                    managed_home.name,
                    reverse("access:our_home", args=[managed_home.id]),
                    managed_home.id == home.id,
                    "",
                )
                for managed_home in (reads.homes(managed) if len(managed) > 1 else [])
            ],
            "done": asked(request).done("admitted", "moved_on", "key_worker", "key_work_ended"),
        },
    )


@require_http_methods(["GET", "POST"])
@load_managed_home
def admit(request: WorkerRequest, home: HomeSeen) -> HttpResponse:
    """Admit a child: the child has a book from then on (P01)."""
    now = timezone.now()
    form = AdmitForm(
        request.POST or None,
        initial={"from_at": typed_moment(now), "birth": BirthKnown.EXACT.value},
    )

    def seal(answers: dict[str, Any], proof: str) -> None:
        actions.admit_child(
            home=home.id,
            full_name=answers["full_name"],
            called=answers["called"],
            pronouns=answers["pronouns"],
            born_on=answers["born_on"],
            birth=BirthKnown(answers["birth"]),
            birth_by=answers["birth_by"],
            birth_basis=answers["birth_basis"],
            same_name=answers["same_name"],
            from_at=answers["from_at"],
            by=request.worker,
            at=now,
            auth=proof,
            key=answers["key"],
        )

    if is_sealed(request, form, seal):
        return redirect(f"{reverse('access:our_home', args=[home.id])}?done=admitted")
    context = {"home": home, "alike": called_alike(form, [home.id], at=now)}
    return form_page(request, "access/admit.html", form, context)


@require_http_methods(["GET", "POST"])
@load_managed_home
def moved_on(request: WorkerRequest, home: HomeSeen, placement: str) -> HttpResponse:
    """Ask when a child left, and end their time here."""
    stay = reads.placement(placement) if is_id(placement) else None
    if stay is None or stay.home != home.id:
        raise Http404
    now = timezone.now()
    form = EndForm(request.POST or None, initial={"to_at": typed_moment(now)})

    def seal(answers: dict[str, Any], proof: str) -> None:
        actions.end_placement(
            placement=stay.id,
            to_at=answers["to_at"],
            by=request.worker,
            at=now,
            auth=proof,
            key=answers["key"],
        )

    if is_sealed(request, form, seal):
        return redirect(f"{reverse('access:our_home', args=[home.id])}?done=moved_on")
    return form_page(request, "access/moved_on.html", form, {"home": home, "child": stay})
