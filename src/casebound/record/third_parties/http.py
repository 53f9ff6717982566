"""Loaders of this room's pages: 404 for a worker who does not see the register."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpResponse, HttpResponseBase

from casebound.people.access.http import load_book
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.signed_in import WorkerRequest
from casebound.people.rights.shape import Permission
from casebound.record.third_parties.reads import PersonSeen, may_see_register, person_of

Rest = ParamSpec("Rest")


def load_register(
    view: Callable[Concatenate[WorkerRequest, SeenBook, Rest], HttpResponse],
) -> Callable[..., HttpResponseBase]:
    """Pass the child's book to the view, if this worker sees its register."""

    @load_book
    @wraps(view)
    def loaded(
        request: WorkerRequest, book: SeenBook, /, *args: Rest.args, **kwargs: Rest.kwargs
    ) -> HttpResponse:
        if not may_see_register(book):
            raise Http404
        return view(request, book, *args, **kwargs)

    return loaded


def person_or_404(book: SeenBook, person: str) -> PersonSeen:
    """Return somebody of the register.

    Raises:
        Http404: there is nobody of this id in it.
    """
    seen = person_of(book, person)
    if seen is None:
        raise Http404
    return seen


def check_may_write(book: SeenBook) -> None:
    """Answer as for a page that does not exist to a worker who only reads.

    Raises:
        Http404: they may not write in this book.
    """
    if not book.may(Permission.WRITE_ENTRY):
        raise Http404
