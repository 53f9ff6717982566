"""A child's key worker, named by those who manage the child's home (P63)."""

from datetime import datetime
from typing import Any, ClassVar

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casebound.foundation.base.folding import sort_key
from casebound.foundation.base.ids import WorkerId
from casebound.foundation.base.refusals import RefusedError
from casebound.foundation.web.moment_field import typed_moment
from casebound.people.access.forms import EndForm, KeyWorkerForm
from casebound.people.access.views.rights import load_managed_home
from casebound.people.accounts.reads import full_names
from casebound.people.accounts.signed_forms import form_page, is_sealed
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.homes import actions, appointments, reads
from casebound.people.homes.reads import HomeSeen, PlacementLine
from casebound.people.rights.shape import Permission, Situation

KEY_SESSION = "key_session"  # the form that a key worker writes on (P30)


class NotWorkingThenError(RefusedError):
    """The key work would begin when the person no longer works at the home."""

    field: ClassVar = "worker"
    what = "This was not sealed."
    why = "On that day this person no longer works here, and key work would open the book to them."
    do = "Choose somebody else or an earlier day, or ask your administrator to appoint them."


@require_http_methods(["GET", "POST"])
@load_managed_home
def appoint(request: WorkerRequest, home: HomeSeen, placement: str) -> HttpResponse:
    """Choose a child's key worker among those who write in this home's books already."""
    now = timezone.now()
    child = _placement_or_404(home, placement, at=now)
    names = full_names(_writing_at(home, at=now))
    form = KeyWorkerForm(
        request.POST or None,
        initial={"from_at": typed_moment(max(now, child.from_at))},
        workers=sorted(names.items(), key=lambda person: (sort_key(person[1]), person[0])),
    )

    def seal(answers: dict[str, Any], proof: str) -> None:
        worker = WorkerId(answers["worker"])
        if worker not in _writing_at(home, at=max(now, answers["from_at"])):
            raise NotWorkingThenError
        actions.appoint(
            worker=worker,
            full_name=names[worker],
            role="key_worker",
            home=home.id,
            child=child.child,
            from_at=answers["from_at"],
            by=request.worker,
            at=now,
            auth=proof,
            key=answers["key"],
        )

    if is_sealed(request, form, seal):
        return redirect(f"{reverse('access:our_home', args=[home.id])}?done=key_worker")
    return form_page(request, "access/key_worker.html", form, {"home": home, "child": child})


@require_http_methods(["GET", "POST"])
@load_managed_home
def end(request: WorkerRequest, home: HomeSeen, which: str) -> HttpResponse:
    """Ask when somebody stops being a child's key worker, and end it."""
    ending = appointments.appointment(which)
    if ending is None or ending.home != home.id or ending.child is None:
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
        return redirect(f"{reverse('access:our_home', args=[home.id])}?done=key_work_ended")
    return form_page(
        request,
        "access/end_key_work.html",
        form,
        {
            "home": home,
            "worker": full_names([ending.worker]).get(ending.worker, ""),
            "called": reads.child_names([ending.child]).get(ending.child, ""),
        },
    )


def _writing_at(home: HomeSeen, *, at: datetime) -> set[WorkerId]:
    """Return who writes in this home's books anyway, so that key work opens none to them."""
    return {
        worker
        for worker, role in appointments.workers_at(home.id, at=at)
        if role.gives(Permission.WRITE_ENTRY, Situation.LIVES_HERE, form=KEY_SESSION)
    }


def _placement_or_404(home: HomeSeen, placement: str, *, at: datetime) -> PlacementLine:
    for line in reads.placements_at(home.id, at=at):
        if line.id == placement:
            return line
    raise Http404
