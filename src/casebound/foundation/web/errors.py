"""Errors, said plainly: what happened, why, what to do next, and nothing about anybody.

Three kinds of answer, for three kinds of asker: a page for a person, a part for htmx (it takes
the place of "Saved"), words in JSON for a program.
"""

import logging
import sys
import traceback
from dataclasses import asdict, dataclass
from types import TracebackType
from typing import Final

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict, RawPostDataException
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext

from casebound.foundation.stores.refusals import StoreRefusedError, refusal_for
from casebound.foundation.web.asked import asked

logger = logging.getLogger(__name__)

# Never shown again, whatever else was typed.
SECRET_FIELDS: Final = frozenset(
    {
        "csrfmiddlewaretoken",
        "password",
        "password1",
        "password2",
        "oldpassword",
        "code",
        "passkey",
        "credential",
    }
)
_PLAIN: Final = (
    '<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Something went wrong</title>'
    "<h1>Something went wrong</h1><p>It is our fault, not yours. What was saved or sealed before"
    " is safe. Go back and try again.</p></html>"
)


@dataclass(frozen=True, slots=True)
class Words:
    """What a page of error or refusal says."""

    what: str
    why: str
    do: str


def wants_part(request: HttpRequest) -> bool:
    """Say whether htmx asks, which puts the answer into a page that is there."""
    return request.headers.get("HX-Request") == "true"


def wants_json(request: HttpRequest) -> bool:
    """Say whether a program asks."""
    return request.headers.get("Accept", "").startswith("application/json")


def words_page(
    request: HttpRequest | None, *, status: int, what: str, why: str = "", do: str = ""
) -> HttpResponse:
    """Answer with three sentences. Without `request`, the page knows nobody and asks nothing."""
    words = Words(what, why, do)
    if request is not None and wants_json(request):
        return JsonResponse({**asdict(words), "status": status}, status=status)
    part = request is not None and wants_part(request)
    template = "web/_refused.html" if part else "web/error.html"
    # A page that fails before anybody is known (a wrong host) cannot be drawn for a person.
    signed_in = request if request is not None and hasattr(request, "user") else None
    if request is not None:
        asked(request).say_nothing()
    context = {"words": words, "status": status, "typed": _read_already(signed_in)}
    html = render_to_string(template, context, signed_in)
    response = HttpResponse(html, status=status)
    # It holds no word of a book: `PostedFormsMiddleware` may show it again without asking.
    response.says_no_more = True  # type: ignore[attr-defined]  # read there
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer what cannot be understood (400)."""
    return words_page(
        request if wants_json(request) or wants_part(request) else None,
        status=400,
        what=gettext("This request could not be read."),
        why=gettext("The address is incomplete, or the page sent something unexpected."),
        do=gettext("Go back, and try again from the page before."),
    )


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer what a person may not do (403)."""
    return words_page(
        request,
        status=403,
        what=gettext("You cannot do this here."),
        why=gettext("What you can see and do depends on your role and where you work."),
        do=gettext("Ask the registered manager of the home."),
    )


def not_found(
    request: HttpRequest,
    exception: Exception,  # noqa: ARG001
    do: str = "",
) -> HttpResponse:
    """Answer what is not there, and in the same words what one may not see (404).

    `do` says what to do next to somebody who is known, whatever the address.
    """
    return words_page(
        request,
        status=404,
        what=gettext("There is nothing here for you."),
        why=gettext("The address is wrong, or you do not have access to this page."),
        do=do or gettext("Go back, or start again from your start page."),
    )


def our_fault(request: HttpRequest) -> HttpResponse:
    """Answer after an error of ours (500), without a detail of it; a store that is away is none.

    Nothing here may fail again, so nobody is looked up, and there is a page in this file for when
    even the template is out of reach.
    """
    try:
        if refusal := refusal_for(sys.exc_info()[1]):
            return store_refused(request, refusal)
        return words_page(
            None,
            status=500,
            what=gettext("Something went wrong."),
            why=gettext("It is our fault, not yours. What was saved or sealed before is safe."),
            do=gettext(
                "Go back and try again. If it happens twice, tell your administrator the time."
            ),
        )
    except Exception:  # noqa: BLE001  (whatever it is: the person gets an answer)
        return HttpResponse(_PLAIN, status=500)


def store_refused(request: HttpRequest, refusal: StoreRefusedError) -> HttpResponse:
    """Answer that a store cannot be used (503). Nothing typed is lost.

    It reads no store, so it knows nobody. A form of this site comes back with what was typed and
    a button that sends it again. A script keeps its page and shows the first sentence there.
    """
    logger.warning("a store cannot be used: %s", type(refusal).__name__)
    words = Words(refusal.what, refusal.why, refusal.do)
    # The script of a form keeps its page, and shows the sentences there.
    part = wants_part(request) or "X-Form-Key" in request.headers
    if wants_json(request):
        answer: HttpResponse = JsonResponse({**asdict(words), "status": refusal.status})
    else:
        context: dict[str, object] = {"words": words, "status": refusal.status, "request": request}
        if request.method in {"GET", "HEAD"}:
            context["retry"] = True
        elif not part:
            context["typed"] = _typed_without_files(request)
            if _is_from_here(request):
                context |= {"again": True, "csrf_token": get_token(request)}
        template = "web/_refused.html" if part else "web/error.html"
        answer = HttpResponse(render_to_string(template, context))
    answer.status_code = refusal.status
    answer["Retry-After"] = str(refusal.retry_after)
    answer._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001 (one line is enough)
    return answer


def too_often(request: HttpRequest) -> HttpResponse:
    """Answer somebody who tries again and again (429)."""
    return words_page(
        request,
        status=429,
        what=gettext("You tried too many times in a short time."),
        why=gettext("The wait keeps out people who guess passwords."),
        do=gettext("Wait five minutes, then try again."),
    )


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Answer a form whose hidden token is not (or no longer) good (403). Nothing typed is lost.

    This happens to honest people who sign in again in another window while a form is open. They
    get what they typed back with a fresh token, to send again; a save in the background gets the
    token in the header `X-Form-Token`. Only this site's own page is given either: a form that
    another site sends must not be one tap away from working.
    """
    ours = _is_from_here(request)
    what = gettext("This page was open too long, or you signed in again in the meantime.")
    if not ours or wants_json(request):
        response = words_page(
            request,
            status=403,
            what=what,
            do=gettext("Go back, open the page again and try again."),
        )
    elif wants_part(request):
        words = gettext("Not saved yet: you signed in again meanwhile. Your words are still here.")
        response = HttpResponse(
            render_to_string("web/_refused.html", {"words": Words(words, "", "")}), status=403
        )
    else:
        html = render_to_string("web/send_again.html", {"typed": typed(request)}, request)
        response = HttpResponse(html, status=403)
        response.says_no_more = True  # type: ignore[attr-defined]  # it holds their own words alone
    if ours:
        response["X-Form-Token"] = get_token(request)
    return response


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Return everything a person sent with a form, but for secrets, in the form's order."""
    return pairs(request.POST)


def pairs(form: QueryDict) -> list[tuple[str, str]]:
    """Return the fields of a form and what was typed in each, but for secrets."""
    return [
        (name, value)
        for name, values in form.lists()
        if name not in SECRET_FIELDS
        for value in values
        if isinstance(value, str)
    ]


def _read_already(request: HttpRequest | None) -> list[tuple[str, str]]:
    """Return what was typed, so that a refusal gives it back; a form not read yet stays unread."""
    if request is None or request.method != "POST" or not hasattr(request, "_post"):
        return []
    return typed(request)


class _NoFiles(FileUploadHandler):
    """Leaves out the files of a form: they cannot be kept while a store is away."""

    def new_file(self, *_: object, **__: object) -> None:
        """Skip the file."""
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:  # noqa: ARG002
        """Keep nothing."""
        return None

    def file_complete(self, file_size: int) -> None:
        """Give nothing."""


def _typed_without_files(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was typed, reading the form now if nobody has read it yet."""
    try:
        if not hasattr(request, "_post"):
            request.upload_handlers = [_NoFiles(request)]
        return typed(request)
    except (BadRequest, SuspiciousOperation, RawPostDataException, MultiPartParserError, OSError):
        return []


def _is_from_here(request: HttpRequest) -> bool:
    """Say whether a page of this site sent the request. Browsers say so, and pages cannot lie."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is not None and url_has_allowed_host_and_scheme(origin, {request.get_host()})


class IdsOnlyFormatter(logging.Formatter):
    """Writes log lines that hold no word a person typed.

    The message of an exception can quote a value (a database does), so of an exception only its
    kind and the lines of our code stay.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; what another formatter made of the exception is not taken over."""
        record.exc_text = None
        return super().format(record)

    def formatException(  # noqa: N802  (the name is logging's)
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        """Return kind and place of the exception and of those it came from."""
        lines: list[str] = []
        error: BaseException | None = ei[1]
        while error is not None:
            kind = type(error)
            lines.append(f"{kind.__module__}.{kind.__qualname__}")
            lines += [
                f"  {frame.filename}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(error.__traceback__)
            ]
            hidden = error.__suppress_context__
            error = error.__cause__ or (None if hidden else error.__context__)
        return "\n".join(lines)
