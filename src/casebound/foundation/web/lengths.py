"""How long a request may be, address by address, and which addresses take files.

Both are asked before a byte of the body is read. A view that takes files says so itself
(`takes_files`) and sets the handler that encrypts them; everywhere else a file is refused.
"""

from collections.abc import Callable
from typing import Any, Final, NoReturn, TypeVar

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.translation import gettext

from casebound.foundation.web.errors import bad_request, words_page

AnyView = TypeVar("AnyView", bound=Callable[..., Any])
TOO_LONG: Final = 413
NOT_HERE: Final = 415
OUTSIDE: Final = 64 * 1024  # bytes, where nobody is signed in yet, and where no page is
# The gateway counts a body that does not say its length, and leaves this word if it was too long.
OVER: Final = "casebound.too_long"
_TAKES: Final = "casebound_takes_files"
_BEFORE_SIGNING_IN: Final = ("account_", "mfa_", "accounts:", "demo:")


class FileNotTakenError(SuspiciousOperation):
    """A file was sent to a page that takes none."""


class RefusingHandler(FileUploadHandler):
    """Takes no file: the handler of every address whose view does not set its own."""

    def new_file(self, *args: Any, **kwargs: Any) -> NoReturn:  # noqa: ARG002 (Django's)
        """Refuse the file before its first byte is read.

        Raises:
            FileNotTakenError: always.
        """
        raise FileNotTakenError

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take nothing."""

    def file_complete(self, file_size: int) -> None:
        """Give nothing."""


def takes_files(*, at_most: int) -> Callable[[AnyView], AnyView]:
    """Say of a view that it takes files, of so many bytes together at the most."""

    def say(view: AnyView) -> AnyView:
        setattr(view, _TAKES, at_most)
        return view

    return say


def files_at(path: str) -> int:
    """Return how many bytes of files an address takes; 0 if it takes none."""
    return _limits_of(path)[1]


def longest_body(path: str) -> int:
    """Return how many bytes a request to this address may have."""
    return _limits_of(path)[0]


class LengthMiddleware:
    """Refuses what is too long for its address. Nothing of it has been read then."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, or say how long it may be."""
        declared = request.META.get("CONTENT_LENGTH") or "0"
        length = int(declared) if declared.isascii() and declared.isdecimal() else None
        if length == 0 and OVER not in request.META:
            return self.get_response(request)
        if length is None:
            return bad_request(request, SuspiciousOperation())
        most = longest_body(request.path_info)
        # A page that takes files says itself how many are too many, and reads none of them.
        is_too_long = length > most and not files_at(request.path_info)
        if is_too_long or OVER in request.META:
            return _too_long(request, most)
        return self.get_response(request)


def refused_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what Django refuses to read: a file, too much, or nothing that it understands."""
    if isinstance(exception, RequestDataTooBig):
        return _too_long(request, longest_body(request.path_info))
    if isinstance(exception, FileNotTakenError):
        return _file_not_taken(request)
    return bad_request(request, exception)


def _file_not_taken(request: HttpRequest) -> HttpResponse:
    return words_page(
        request,
        status=NOT_HERE,
        what=gettext("This page takes no files."),
        why=gettext("A file is added where somebody is writing, and nowhere else."),
        do=gettext("Begin to write, choose “Add files” on that page, and send it there."),
    )


def _too_long(request: HttpRequest, most: int) -> HttpResponse:
    return words_page(
        request,
        status=TOO_LONG,
        what=gettext("Nothing was taken: this was too long."),
        why=gettext("This page takes {most} at once.").format(most=_as_said(most)),
        do=gettext("Go back: what you typed is still there. Send it in smaller parts."),
    )


def _as_said(size: int) -> str:
    kilobytes = size // 1024
    return f"{kilobytes // 1024} MB" if kilobytes >= 1024 else f"{kilobytes} KB"  # noqa: PLR2004


def _limits_of(path: str) -> tuple[int, int]:
    try:
        match = resolve(path)
    except Resolver404:
        return OUTSIDE, 0
    files = int(getattr(match.func, _TAKES, 0))
    if files:
        return files, files
    if match.view_name.startswith(_BEFORE_SIGNING_IN):
        return OUTSIDE, 0
    return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0), 0
