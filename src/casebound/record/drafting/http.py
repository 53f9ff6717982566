"""The loader of this room: a draft is its author's alone."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpResponseBase

from casebound.foundation.base.ids import DraftId, is_id
from casebound.people.access.http import book_or_404
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest, worker_required
from casebound.record.drafting.reads import OpenDraft, open_draft

Rest = ParamSpec("Rest")


def load_draft(
    view: Callable[Concatenate[WorkerRequest, OpenDraft, SeenBook, Rest], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Give the view the worker's own draft and its book; any other answers 404. 2 queries."""

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
        book = book_or_404(request, found.book)
        return view(request, found, book, *args, **kwargs)

    return loaded
