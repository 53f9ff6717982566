"""The loader of this room: who may see how the log stands (no content of any book)."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpResponseBase
from django.utils import timezone

from casebound.people.access.reads import rights_of
from casebound.people.accounts.signed_in import WorkerRequest, worker_required
from casebound.people.rights.shape import Permission

Rest = ParamSpec("Rest")


def prover_required(
    view: Callable[Concatenate[WorkerRequest, Rest], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Let managers and administrators call the view; for anybody else there is no such page."""

    @wraps(view)
    @worker_required
    def loaded(
        request: WorkerRequest, /, *args: Rest.args, **kwargs: Rest.kwargs
    ) -> HttpResponseBase:
        if not rights_of(request.worker, at=timezone.now()).may(Permission.VERIFY_LEDGER):
            raise Http404
        return view(request, *args, **kwargs)

    return loaded
