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


def load_book_in_part(
    view: Callable[Concatenate[WorkerRequest, SeenBook, Rest], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Pass the book of the address, also if this worker may read only a part of it now.

    The view reads entries through `SeenBook.reader`, which leaves out the rest, and shows nothing
    else of a book that `is_in_part`.
    """

    @wraps(view)
    @worker_required
    def loaded(
        request: WorkerRequest, /, *args: Rest.args, **kwargs: Rest.kwargs
    ) -> HttpResponseBase:
        book = str(kwargs.pop("book"))
        return view(request, book_or_404(request, book, in_part=True), *args, **kwargs)

    return loaded


def book_or_404(request: WorkerRequest, book: str, *, in_part: bool = False) -> SeenBook:
    """Return the book, if this worker may read it now. 1 query, with the rights for the frame.

    `in_part`: also if they may read only a part of it.

    Raises:
        Http404: there is no such book, or not for this worker.
    """
    if not is_id(book):
        raise Http404
    now = timezone.now()
    seen, rights = book_and_rights(request.worker, BookId(book), at=now, in_part=in_part)
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
    return _loading_books(view, in_part=False)


def load_books_in_part(
    view: Callable[Concatenate[WorkerRequest, list[SeenBook], Rest], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Pass the same, with the books of which they read only a part; see `load_book_in_part`."""
    return _loading_books(view, in_part=True)


def _loading_books(
    view: Callable[Concatenate[WorkerRequest, list[SeenBook], Rest], HttpResponseBase],
    *,
    in_part: bool,
) -> Callable[..., HttpResponseBase]:
    @wraps(view)
    @worker_required
    def loaded(
        request: WorkerRequest, /, *args: Rest.args, **kwargs: Rest.kwargs
    ) -> HttpResponseBase:
        books = seen_books(request.worker, at=timezone.now(), in_part=in_part)
        if not books:
            raise Http404
        return view(request, books, *args, **kwargs)

    return loaded
