"""Agreeing, as the second person, to what opens books; and the code that is handed over (P13)."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casebound.foundation.base.ids import is_id
from casebound.foundation.web.asked import asked as asked_in
from casebound.people.access.forms import AnswerForm, HandOverForm
from casebound.people.access.http import permission_required
from casebound.people.accounts.reads import account, full_names
from casebound.people.accounts.signed_forms import form_page, is_sealed, signed_in_by
from casebound.people.accounts.signed_in import WorkerRequest, worker_required
from casebound.people.events.whence import whence
from casebound.people.homes.reads import home
from casebound.people.rights.rights import role_of
from casebound.people.rights.shape import Permission
from casebound.people.second_person import actions, reads
from casebound.people.second_person.reads import RequestSeen
from casebound.people.second_person.refusals import WrongHandOverCodeError
from casebound.people.second_person.rules import RequestKind, RequestState

SHOWN_FOR: Final = timedelta(days=14)
_ASKED: Final = {
    RequestKind.LINK: gettext_noop("A set-up link, with which they set a new password"),
    RequestKind.LINK_AND_FACTORS: gettext_noop(
        "A set-up link, and their app, passkeys and recovery codes taken off"
    ),
}


@require_GET
@permission_required(Permission.AGREE_ACCESS)
def agreeing(request: WorkerRequest) -> HttpResponse:
    """List what waits for this person to agree, and what they agreed to lately."""
    now = timezone.now()
    waiting = reads.waiting_for(request.worker, at=now)
    agreed = reads.answered_by(request.worker, since=now - SHOWN_FOR)
    names = full_names({who for asked in [*waiting, *agreed] for who in (asked.asked_by,)})
    return render(
        request,
        "access/agreeing.html",
        {
            "waiting": [request_shown(asked, names=names, at=now) for asked in waiting],
            "agreed": [request_shown(asked, names=names, at=now) for asked in agreed],
            "done": asked_in(request).done("declined", "taken_back"),
        },
    )


@require_http_methods(["GET", "POST"])
@permission_required(Permission.AGREE_ACCESS)
def agree(request: WorkerRequest, which: str) -> HttpResponse:
    """Show what is asked, and take the answer. Who agreed sees the code to hand over."""
    now = timezone.now()
    asked = reads.request(which) if is_id(which) else None
    if asked is None:
        raise Http404
    is_mine = asked.answered_by == request.worker
    if not is_mine and not reads.can_answer(asked, request.worker, at=now):
        raise Http404
    form = AnswerForm(request.POST or None)

    def seal(answers: dict[str, Any], proof: str) -> None:
        actions.answer(
            request=asked.id,
            agrees=answers["answer"] == "yes",
            reason=answers["reason"],
            by=request.worker,
            at=now,
            auth=proof,
            key=answers["key"],
            whence=whence(request),
        )

    if request.method == "POST" and is_sealed(request, form, seal):
        if form.cleaned_data["answer"] == "yes":
            return redirect("access:agree", asked.id)
        return redirect(f"{reverse('access:agreeing')}?done=declined")
    person = account(asked.worker)
    names = full_names({asked.asked_by})
    return form_page(
        request,
        "access/agree.html",
        form,
        {
            "asked": request_shown(asked, names=names, at=now),
            "code": _code(asked) if is_mine else "",
            "waits": asked.waits(at=now) and not is_mine,
            "person": person,
            "can_take_back": is_mine and asked.link_waits(at=now),
        },
    )


@require_POST
@worker_required
def take_back(request: WorkerRequest, which: str) -> HttpResponse:
    """Take back what one asked for, or a link that one agreed to."""
    asked = reads.request(which) if is_id(which) else None
    if asked is None or request.worker not in {asked.asked_by, asked.answered_by}:
        raise Http404
    actions.take_back(
        request=asked.id, by=request.worker, at=timezone.now(), auth=signed_in_by(request)
    )
    if request.worker == asked.asked_by:
        return redirect(f"{reverse('access:person', args=[asked.worker])}?done=taken_back")
    return redirect(f"{reverse('access:agreeing')}?done=taken_back")


@require_http_methods(["GET", "POST"])
@worker_required
def hand_over(request: WorkerRequest) -> HttpResponse:
    """Ask a person for the code that the second person gave them, before they get in."""
    if not request.account.handover_id:
        return redirect("/")
    form = HandOverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.hand_over(
                code=form.cleaned_data["code"],
                by=request.worker,
                at=timezone.now(),
                whence=whence(request),
            )
        except WrongHandOverCodeError as wrong:
            form.add_error("code", f"{wrong.why} {wrong.do}")
        else:
            return redirect("/")
    context = {"form": form, "by": _who_gave_it(request.account.handover_id)}
    status = 422 if form.is_bound else 200
    return render(request, "access/hand_over.html", context, status=status)


def request_shown(
    asked: RequestSeen, *, names: dict[Any, str], at: datetime
) -> dict[str, Any]:  # the ids of people, as `full_names` has them
    """Return a request as a page shows it."""
    where = home(asked.home) if asked.home else None
    role = gettext(role_of(asked.role).words) if asked.role else ""
    return {
        "id": asked.id,
        "number": asked.number,
        "what": _words(asked, role=role, where=where.name if where else ""),
        "is_link": asked.what is not RequestKind.APPOINTMENT,
        "who": asked.full_name,
        "from_at": asked.from_at,
        "by": names.get(asked.asked_by, ""),
        "asked_at": asked.asked_at,
        "expires_at": asked.expires_at,
        "waits": asked.waits(at=at),
        "link_waits": asked.link_waits(at=at),
        "usable_until": asked.usable_until,
        "reason": asked.reason,
    }


def _words(asked: RequestSeen, *, role: str, where: str) -> str:
    if asked.what is not RequestKind.APPOINTMENT:
        return gettext(_ASKED[asked.what])
    if not where:
        return gettext("Appointment as {role}, for the whole provider").format(role=role)
    return gettext("Appointment as {role}, {where}").format(role=role, where=where)


def _code(asked: RequestSeen) -> str:
    """Return the code while it is needed: in two groups, to be read out."""
    person = account(asked.worker)
    is_due = asked.state is RequestState.AGREED or (person and person.handover_id == asked.id)
    code = reads.code_of(asked.id) if is_due else ""
    return f"{code[:4]} {code[4:]}".strip()


def _who_gave_it(request_id: str) -> str:
    asked = reads.request(request_id)
    return full_names({asked.answered_by}).get(asked.answered_by, "") if asked else ""  # type: ignore[call-overload]  # an id of the log
