"""Who may open this room's screens. Everybody else gets 404, as for a page that does not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, Final, ParamSpec

from django.http import Http404, HttpResponse

from casebound.foundation.base.ids import HomeId, is_id
from casebound.people.access.http import permission_required, rights_here
from casebound.people.accounts.signed_in import WorkerRequest, worker_required
from casebound.people.homes.reads import HomeSeen, home
from casebound.people.rights.shape import Permission

P = ParamSpec("P")


administrator_required: Final = permission_required(Permission.MANAGE_ACCOUNTS)


def load_managed_home(
    view: Callable[Concatenate[WorkerRequest, HomeSeen, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Pass the home of the address to the view, if this worker manages it now. 2 queries."""

    @wraps(view)
    @worker_required
    def wrapped(request: WorkerRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        wanted = str(kwargs.pop("home"))  # an address gives its parts by name
        managed = rights_here(request, request.worker).homes(Permission.MANAGE_HOME)
        if not is_id(wanted) or HomeId(wanted) not in managed:
            raise Http404
        wanted_home = home(HomeId(wanted))
        if wanted_home is None:
            raise Http404
        return view(request, wanted_home, *args, **kwargs)

    return wrapped
