"""Loaders: a view gets a book only through one of these (P63).

A book that the worker may not see answers 404, exactly like a book that does not exist.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone

from casebound.foundation.base.ids import BookId, WorkerId, is_id
from casebound.people.access.reads import (
    SeenBook,
    WorkerRights,
    book_and_rights,
    rights_of,
    seen_books,
)
from casebound.people.accounts.signed_in import WorkerRequest, worker_required

Rest = ParamSpec("Rest")


def load_book(
    view: Callable[Concatenate[WorkerRequest, SeenBook, Rest], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Pass the book of the address to the view, if this worker may read it now."""

    @wraps(view)
    @worker_required
    def loaded(
        request: WorkerRequest, /, *args: Rest.args, **kwargs: Rest.kwargs
    ) -> HttpResponseBase:
        book = str(kwargs.pop("book"))  # an address gives its parts by name
        return view(request, book_or_404(request, book), *args, **kwargs)

    return loaded


def book_or_404(request: WorkerRequest, book: str) -> SeenBook:
    """Return the book, if this worker may read it now. 1 query, with the rights for the frame.

    Raises:
        Http404: there is no such book, or not for this worker.
    """
    if not is_id(book):
        raise Http404
    seen, rights = book_and_rights(request.worker, BookId(book), at=timezone.now())
    request.casebound_rights = rights  # type: ignore[attr-defined]  # kept for the frame
    if seen is None:
        raise Http404
    return seen


def rights_here(request: HttpRequest, worker: WorkerId) -> WorkerRights:
    """Return the rights of the worker who sent the request, as of now. 1 query, once a request."""
    rights: WorkerRights | None = getattr(request, "casebound_rights", None)
    if rights is None:
        rights = rights_of(worker, at=timezone.now())
        request.casebound_rights = rights  # type: ignore[attr-defined]  # kept for the frame
    return rights


def permission_required(
    permission: StrEnum,
) -> Callable[
    [Callable[Concatenate[WorkerRequest, Rest], HttpResponseBase]], Callable[..., HttpResponseBase]
]:
    """Let only workers with a permission call the view. Everybody else gets 404."""

    def wrap(
        view: Callable[Concatenate[WorkerRequest, Rest], HttpResponseBase],
    ) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        @worker_required
        def wrapped(
            request: WorkerRequest, /, *args: Rest.args, **kwargs: Rest.kwargs
        ) -> HttpResponseBase:
            if not rights_here(request, request.worker).may(permission):
                raise Http404
            return view(request, *args, **kwargs)

        return wrapped

    return wrap


def load_books(
    view: Callable[Concatenate[WorkerRequest, list[SeenBook], Rest], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Pass every book that this worker may read now to the view; 404 if there is none."""

    @wraps(view)
    @worker_required
    def loaded(
        request: WorkerRequest, /, *args: Rest.args, **kwargs: Rest.kwargs
    ) -> HttpResponseBase:
        books = seen_books(request.worker, at=timezone.now())
        if not books:
            raise Http404
        return view(request, books, *args, **kwargs)

    return loaded
