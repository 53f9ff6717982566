"""The people who sign in: for the system administrator, who sees names here and no book."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casebound.foundation.base.ids import WorkerId, is_id
from casebound.foundation.web.asked import asked
from casebound.foundation.web.moment_field import typed_moment
from casebound.foundation.web.posted import come_back, is_again, posted_before
from casebound.people.access.forms import EVERYWHERE, AccountForm, AppointForm, LinkForm
from casebound.people.access.http import rights_here
from casebound.people.access.unfinished import unfinished_of
from casebound.people.access.views.agreeing import SHOWN_FOR, request_shown
from casebound.people.access.views.rights import administrator_required
from casebound.people.accounts import actions, reads
from casebound.people.accounts.reads import AccountSeen, full_names
from casebound.people.accounts.signed_forms import form_page, is_sealed, signed_in_by
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.events.whence import whence
from casebound.people.homes.appointments import AppointmentLine, appointments_listed, roles_of
from casebound.people.homes.reads import HomeSeen
from casebound.people.homes.reads import homes as all_homes
from casebound.people.second_person import reads as second
from casebound.people.second_person.actions import link_or_ask, make_agreed_link
from casebound.people.staff import actions as staff

PAGE = 50
FIELDS = {
    actions.NameNotFullError: "full_name",
    actions.UserNameError: "username",
    actions.UserNameTakenError: "username",
    actions.EndPassedError: "ends_at",
}

FOLLOWING = gettext_noop("People after")
FROM_THE_FIRST = gettext_noop("The list begins with the first name.")


@require_GET
@administrator_required
def people(request: WorkerRequest) -> HttpResponse:
    """List the accounts by name, a page at a time, with their roles. At most 4 queries."""
    last = asked(request).text("after")
    after = WorkerId(last) if is_id(last) and reads.account(WorkerId(last)) else None
    if last and after is None:
        asked(request).left_out(FOLLOWING, last, FROM_THE_FIRST)
    listed = reads.accounts(after=after, count=PAGE + 1)
    more = listed[PAGE - 1].id if len(listed) > PAGE else ""
    names = {home.id: home.name for home in all_homes()}
    roles = roles_of([account.id for account in listed[:PAGE]], at=timezone.now())
    shown = [
        {
            "of": account,
            "roles": [
                gettext(role.words).capitalize() + (f", {names[home]}" if home else "")
                for role, home in roles.get(account.id, [])
            ],
        }
        for account in listed[:PAGE]
    ]
    return render(
        request, "access/people.html", {"people": shown, "more": more, "tabs": tabs("people")}
    )


@require_http_methods(["GET", "POST"])
@administrator_required
def new(request: WorkerRequest) -> HttpResponse:
    """Open an account, and show its set-up link."""
    form = AccountForm(request.POST or None)
    if form.is_valid():
        answers = form.cleaned_data
        try:
            account = staff.open_account(
                username=answers["username"],
                full_name=answers["full_name"],
                only_one_name=answers["only_one_name"],
                by=request.worker,
                at=timezone.now(),
                key=answers["key"],
                auth=signed_in_by(request),
                ends_at=answers["ends_at"],
            )
        except tuple(FIELDS) as refused:
            form.add_error(FIELDS[type(refused)], f"{refused.why} {refused.do}")
        else:
            if account_or_404(account).can_sign_in:  # sent again, after its link was used
                return redirect("access:person", account)
            opened = account_or_404(account)
            made = link_or_ask(
                worker=opened.id,
                lost_second_factor=False,
                by=request.worker,
                at=timezone.now(),
                auth=signed_in_by(request),
                key=f"{answers['key']}/link" if answers["key"] else "",
                whence=whence(request),
            )
            return (
                _show_link(request, opened.id, made) if made else redirect("access:person", account)
            )
    return render(
        request, "access/new_account.html", {"form": form}, status=422 if form.is_bound else 200
    )


@require_GET
@administrator_required
def person(request: WorkerRequest, account: str) -> HttpResponse:
    """Show one account, its appointments, and what can be done with it."""
    return person_page(request, account_or_404(account), None)


@require_http_methods(["GET", "POST"])
@administrator_required
def link(request: WorkerRequest, account: str) -> HttpResponse:
    """Make a new set-up link, and show it to who made it until it is used or they sign out."""
    shown = account_or_404(account)
    if request.method == "POST":
        return _link_or_ask(request, shown)
    posted = posted_before(request)
    path = posted.more["link"] if posted else ""
    if is_again(request) and posted is None:  # the refused form is shown again
        return person_page(request, shown, None)
    if not path or not actions.is_good_path(path):
        return redirect("access:person", shown.id)
    return render(
        request,
        "access/link.html",
        {"person": shown, "link": request.build_absolute_uri(path)},
    )


@require_POST
@administrator_required
def make_link(request: WorkerRequest, account: str, which: str) -> HttpResponse:
    """Make the link that a second person agreed to, and show it this once."""
    shown = account_or_404(account)
    agreed = second.request(which) if is_id(which) else None
    if agreed is None or agreed.worker != shown.id:
        raise Http404
    made = make_agreed_link(
        request=agreed.id,
        by=request.worker,
        at=timezone.now(),
        auth=signed_in_by(request),
        whence=whence(request),
    )
    return _show_link(request, shown.id, made)


def account_or_404(account: str) -> AccountSeen:
    """Return the account of an address. 1 query.

    Raises:
        Http404: there is none.
    """
    seen = reads.account(WorkerId(account)) if is_id(account) else None
    if seen is None:
        raise Http404
    return seen


def person_page(
    request: WorkerRequest,
    person: AccountSeen,
    form: AppointForm | None,
    link_form: LinkForm | None = None,
) -> HttpResponse:
    """Show a person's page, with a form that was refused or new ones."""
    now = timezone.now()
    every_home = all_homes()
    new = AppointForm(
        initial={"home": EVERYWHERE, "from_at": typed_moment(now)},
        homes=home_choices(every_home),
        roles=role_choices(request),
    )
    return form_page(
        request,
        "access/person.html",
        link_form or form or new,
        {
            "form": form or new,
            "link_form": link_form or LinkForm(auto_id="link_%s"),
            **_requests(person, at=now),
            "person": person,
            "own": person.id == request.worker,
            "sign_on": settings.SIGN_ON,
            "unfinished": unfinished_of(person.id, asked_by=request.worker, at=now),
            "done": asked(request).done(
                "appointed",
                "ended",
                "asked",
                "taken_back",
                "link_back",
                "renamed",
                "reopened",
                "ends",
                "no_end",
                "sign_on",
            ),
            "appointments": [
                appointment_shown(line, every_home, at=now)
                for line in appointments_listed(person.id)
            ],
        },
    )


def home_choices(every_home: list[HomeSeen]) -> list[tuple[str, str]]:
    """Return the homes somebody can be appointed at, without the office: no child lives there."""
    return [(home.id, home.name) for home in every_home if not home.is_office]


def role_choices(request: WorkerRequest) -> list[tuple[str, str]]:
    """Return the roles this worker may appoint somebody to. No query.

    A child's key worker is not among them: the child's home names them, and an administrator sees
    no children. Nor are roles for a time, which are given on the page of the book they open.
    """
    rights = rights_here(request, request.worker)
    return [
        (role.key, gettext(role.words).capitalize())
        for role in rights.appoints()
        if not role.is_of_one_child and not role.is_for_a_time
    ]


def appointment_shown(
    line: AppointmentLine, every_home: list[HomeSeen], *, at: datetime
) -> dict[str, Any]:
    """Return an appointment as an administrator sees it: not which child it is about (P13)."""
    names = {home.id: home.name for home in every_home}
    return {
        "id": line.id,
        "role": gettext(line.role.words).capitalize()
        + (gettext(" of one child") if line.child else ""),
        "where": names.get(line.home, "") if line.home else gettext("The whole provider"),
        "from_at": line.from_at,
        "to_at": line.to_at,
        "is_open": is_open(line, at=at),
    }


def is_open(line: AppointmentLine, *, at: datetime) -> bool:
    """Say whether an appointment has no end, or an end in the future."""
    return line.to_at is None or line.to_at > max(at, line.from_at)


def tabs(current: str) -> list[tuple[str, str, bool, str]]:
    """Return the two lists an administrator keeps, as tabs."""
    return [
        (gettext("People"), reverse("access:people"), current == "people", ""),
        (gettext("Homes"), reverse("access:homes"), current == "homes", ""),
    ]


def _link_or_ask(request: WorkerRequest, person: AccountSeen) -> HttpResponse:
    """Make a link; for somebody who reads books, ask a second person for it."""
    form = LinkForm(request.POST, auto_id="link_%s")
    made: list[actions.SetUpLink | None] = []

    def seal(answers: dict[str, Any], proof: str) -> None:
        made.append(
            link_or_ask(
                worker=person.id,
                lost_second_factor=answers["lost_second_factor"],
                by=request.worker,
                at=timezone.now(),
                auth=proof,
                key=answers["key"],
                whence=whence(request),
            )
        )

    if not is_sealed(request, form, seal):
        return person_page(request, person, None, link_form=form)
    if made[0] is None:
        return redirect(f"{reverse('access:person', args=[person.id])}?done=asked")
    return _show_link(request, person.id, made[0])


def _show_link(request: WorkerRequest, account: WorkerId, made: actions.SetUpLink) -> HttpResponse:
    to = reverse("access:link", args=[account])
    return come_back(request, to=to, typed=False, more={"link": made.path})


def _requests(person: AccountSeen, *, at: datetime) -> dict[str, Any]:
    """Return what waits about a person, with who can agree, and what was declined lately."""
    waiting = second.requests_about(person.id, at=at)
    who = {asked.id: second.who_can_answer(asked, at=at) for asked in waiting}
    refused = second.lately_refused(person.id, since=at - SHOWN_FOR)
    people = {other for others in who.values() for other in others}
    names = full_names({*people, *(asked.asked_by for asked in [*waiting, *refused])})
    return {
        "requests": [
            {
                **request_shown(asked, names=names, at=at),
                "can_agree": sorted(names[other] for other in who[asked.id] if other in names),
            }
            for asked in waiting
        ],
        "refused": [request_shown(asked, names=names, at=at) for asked in refused],
    }
