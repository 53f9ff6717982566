"""Who may come to this room's screens. Everybody else gets 404, as for a page that is not there."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from casebound.foundation.base.ids import HomeId, is_id
from casebound.people.access.rules import HOME_MANAGERS
from casebound.people.accounts.signed_in import WorkerRequest, worker_required
from casebound.people.homes.entries import Role
from casebound.people.homes.reads import HomeSeen, appointments_of, home

P = ParamSpec("P")


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


def load_managed_home(
    view: Callable[Concatenate[WorkerRequest, HomeSeen, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Give the view the home of the address, if this worker manages it now. 2 queries."""

    @wraps(view)
    @worker_required
    def wrapped(request: WorkerRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        wanted = str(kwargs.pop("home"))  # an address gives its parts by name
        managed = {
            one.home
            for one in appointments_of(request.worker, at=timezone.now())
            if one.role in HOME_MANAGERS
        }
        if not is_id(wanted) or HomeId(wanted) not in managed:
            raise Http404
        found = home(HomeId(wanted))
        if found is None:
            raise Http404
        return view(request, found, *args, **kwargs)

    return wrapped
