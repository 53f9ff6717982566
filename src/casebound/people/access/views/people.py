"""The people who sign in: for the system administrator, who sees names here and no book.

Somebody without that role gets 404, as for a page that does not exist.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casebound.foundation.base.ids import WorkerId, is_id
from casebound.people.accounts import actions, reads
from casebound.people.accounts.reads import AccountSeen
from casebound.people.accounts.signed_in import WorkerRequest, worker_required
from casebound.people.homes.entries import Role
from casebound.people.homes.reads import appointments_of

P = ParamSpec("P")
PAGE = 50
FIELDS = {
    actions.NameNotFullError: "full_name",
    actions.UserNameError: "username",
    actions.UserNameTakenError: "username",
}


class AccountForm(forms.Form):
    """Who the new account is for."""

    full_name = forms.CharField(max_length=120, label="Full name")
    username = forms.CharField(max_length=60, label="User name")
    only_one_name = forms.BooleanField(required=False)


def administrator_required(
    view: Callable[Concatenate[WorkerRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let only a system administrator call the view. 1 query."""

    @wraps(view)
    @worker_required
    def wrapped(request: WorkerRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        roles = {one.role for one in appointments_of(request.worker, at=timezone.now())}
        if Role.SYSTEM_ADMINISTRATOR not in roles:
            raise Http404
        return view(request, *args, **kwargs)

    return wrapped


@administrator_required
def people(request: WorkerRequest) -> HttpResponse:
    """List the accounts by name, a page at a time. At most 2 queries of its own."""
    last = request.GET.get("after", "")
    listed = reads.accounts(after=WorkerId(last) if is_id(last) else None, count=PAGE + 1)
    more = listed[PAGE - 1].id if len(listed) > PAGE else ""
    return render(request, "access/people.html", {"people": listed[:PAGE], "more": more})


@require_http_methods(["GET", "POST"])
@administrator_required
def new(request: WorkerRequest) -> HttpResponse:
    """Open an account, and show its set-up link."""
    form = AccountForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            account = actions.create_account(
                username=said["username"],
                full_name=said["full_name"],
                only_one_name=said["only_one_name"],
                by=request.worker,
                at=timezone.now(),
            )
        except tuple(FIELDS) as refused:
            form.add_error(FIELDS[type(refused)], f"{refused.why} {refused.do}")
        else:
            return _link(request, account, lost=False)
    return render(
        request, "access/new_account.html", {"form": form}, status=422 if form.is_bound else 200
    )


@require_GET
@administrator_required
def person(request: WorkerRequest, account: str) -> HttpResponse:
    """Show one account and what can be done with it."""
    return render(
        request,
        "access/person.html",
        {"person": _or_404(account), "own": account == request.worker},
    )


@require_POST
@administrator_required
def link(request: WorkerRequest, account: str) -> HttpResponse:
    """Give out a set-up link, shown this once."""
    found = _or_404(account)
    return _link(request, found.id, lost=request.POST.get("lost_second_factor") == "yes")


@require_POST
@administrator_required
def close(request: WorkerRequest, account: str) -> HttpResponse:
    """Close an account."""
    found = _or_404(account)
    actions.close_account(account=found.id, by=request.worker, at=timezone.now())
    return redirect("access:person", found.id)


def _or_404(account: str) -> AccountSeen:
    found = reads.account(WorkerId(account)) if is_id(account) else None
    if found is None:
        raise Http404
    return found


def _link(request: WorkerRequest, account: WorkerId, *, lost: bool) -> HttpResponse:
    made = actions.new_sign_in_link(
        account=account, by=request.worker, at=timezone.now(), lost_second_factor=lost
    )
    return render(
        request,
        "access/link.html",
        {"person": _or_404(account), "link": request.build_absolute_uri(made.path)},
    )
