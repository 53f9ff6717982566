"""The loader of this room: a draft is its author's alone."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpResponseBase
from django.utils import timezone

from casebound.foundation.base.ids import DraftId, is_id
from casebound.people.access.reads import SeenBook, seen_among
from casebound.people.accounts.signed_in import WorkerRequest, worker_required
from casebound.people.rights.shape import Permission
from casebound.record.drafting.reads import OpenDraft, open_draft

Rest = ParamSpec("Rest")


def load_draft(
    view: Callable[Concatenate[WorkerRequest, OpenDraft, SeenBook, Rest], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Give the view the worker's own draft and its book; any other answers 404. 2 queries.

    A draft can be finished after the child has moved on: what somebody typed is not lost.
    """

    @wraps(view)
    @worker_required
    def loaded(
        request: WorkerRequest, /, *args: Rest.args, **kwargs: Rest.kwargs
    ) -> HttpResponseBase:
        draft = str(kwargs.pop("draft"))  # an address gives its parts by name
        if not is_id(draft):
            raise Http404
        found = open_draft(DraftId(draft), author=request.worker)
        if found is None:
            raise Http404
        books = seen_among(
            request.worker, [found.book], at=timezone.now(), to=Permission.FINISH_OWN_DRAFT
        )
        book = books.get(found.book)
        if book is None:
            raise Http404
        return view(request, found, book, *args, **kwargs)

    return loaded
