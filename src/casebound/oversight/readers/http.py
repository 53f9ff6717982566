"""Who may open this room's pages. Everybody else gets 404, as for a page that does not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpResponse, HttpResponseBase

from casebound.people.access.http import load_book
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.rights.shape import Permission

P = ParamSpec("P")


def opens(book: SeenBook) -> bool:
    """Say whether a worker lets others into a book: by name, or to work or visit for a time."""
    return any(
        book.may(permission) for permission in (Permission.GRANT_ACCESS, Permission.OPEN_FOR_A_TIME)
    )


def load_book_to_open(
    view: Callable[Concatenate[WorkerRequest, SeenBook, P], HttpResponse],
) -> Callable[..., HttpResponseBase]:
    """Pass the book of the address to the view, if this worker lets others into it."""

    @wraps(view)
    @load_book
    def loaded(
        request: WorkerRequest, book: SeenBook, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        if not opens(book):
            raise Http404
        return view(request, book, *args, **kwargs)

    return loaded
