"""The book page: CPU beside a page of an ordinary template and beside an empty view."""

import io
import time
from collections.abc import Callable
from datetime import timedelta
from statistics import median
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.utils import timezone

from casebound.foundation.base.ids import WorkerId
from casebound.foundation.base.times import LONDON
from casebound.record.drafting import actions as drafting
from casebound.record.drafting.prepared import PreparedDraft
from casebound.record.drafting.reads import open_draft
from tools.bench import words
from tools.bench.by_hand import actions as by_hand
from tools.bench.measures.start import FULL_NAME, ROLE, book_of, session_cookie, signing

ENTRIES = 60  # more than two pages, so that there is an older page to go on to
OK, SEE_OTHER = 200, 303
TOKEN = "b" * 32


class Browser:
    """Asks the whole product for pages, in this process: middleware, session, rights and all."""

    def __init__(self, worker: WorkerId | None = None) -> None:
        """Sign in, as Sam unless another is given."""
        self._answer = WSGIHandler()
        # As a browser keeps it from its first page on, the cookie of the forms is there already.
        self._cookie = f"{session_cookie(worker)}; {settings.CSRF_COOKIE_NAME}={TOKEN}"

    def get(self, path: str) -> bytes:
        """Return the page at `path`.

        Raises:
            ValueError: it is not answered with 200.
        """
        return self._asked("GET", path, wanted=OK)[0]

    def post(self, path: str, typed: dict[str, str]) -> str:
        """Send a form, and return where its answer leads.

        Raises:
            ValueError: it is not answered with 303.
        """
        typed = {"csrfmiddlewaretoken": TOKEN} | typed
        sent = urlencode(typed).encode()
        return self._asked("POST", path, sent, wanted=SEE_OTHER)[1]

    def _asked(
        self, method: str, path: str, sent: bytes = b"", *, wanted: int
    ) -> tuple[bytes, str]:
        address, _, query = path.partition("?")
        statuses: list[str] = []
        headers: dict[str, str] = {}

        def start_response(
            status: str, given: list[tuple[str, str]], *_: object
        ) -> Callable[[bytes], object]:
            statuses.append(status)
            headers.update(given)
            return lambda _: None

        response = self._answer(
            {
                "REQUEST_METHOD": method,
                "CONTENT_TYPE": "application/x-www-form-urlencoded" if sent else "",
                "CONTENT_LENGTH": str(len(sent)),
                "PATH_INFO": address,
                "QUERY_STRING": query,
                "SERVER_NAME": "localhost",
                "SERVER_PORT": "8000",
                "SERVER_PROTOCOL": "HTTP/1.1",
                "REMOTE_ADDR": "127.0.0.1",
                "HTTP_HOST": "localhost",
                "HTTP_COOKIE": self._cookie,
                "HTTP_ACCEPT": "text/html",
                "wsgi.url_scheme": "http",
                "wsgi.input": io.BytesIO(sent),
                "wsgi.errors": io.StringIO(),
                "wsgi.multithread": True,
                "wsgi.multiprocess": True,
                "wsgi.run_once": False,
                "wsgi.version": (1, 0),
            },
            start_response,
        )
        body = b"".join(response)
        response.close()
        if not statuses[0].startswith(str(wanted)):
            raise ValueError(f"{path}: {statuses[0]}")
        return body, headers.get("Location", "")


def fill(entries: int = ENTRIES) -> None:
    """Sign the same entries of 2 KB in the book and by hand."""
    book, now = book_of(0), timezone.now()
    for number in range(entries):
        at = now - timedelta(hours=entries - number, days=1)
        happened = at - timedelta(hours=1)
        content = words.content(
            number,
            happened_from=f"{happened.astimezone(LONDON):%Y-%m-%dT%H:%M}",
            size=words.PAGE_BYTES,
        )
        draft = drafting.begin_draft(
            book=book, form="daily_log", by=book.worker, at=at, content=content
        )
        opened = open_draft(draft, author=book.worker)
        if opened is None:
            raise LookupError(draft)
        drafting.sign_draft(draft=PreparedDraft(opened, book, at=at), signing=signing())
        by_hand.sign_entry(
            book=book.id,
            form="daily_log",
            content=words.by_hand(content),
            happened_at=happened,
            by=book.worker,
            full_name=FULL_NAME,
            role=ROLE,
            at=at,
        )


def cpu(rounds: int = 9, each: int = 40) -> dict[str, Any]:
    """Return the CPU of each kind of page in milliseconds: medians of interleaved rounds."""
    fill()
    browser, book = Browser(), book_of(0).id
    paths = {
        "book": f"/books/{book}/",
        "by_hand": f"/bench/by-hand/{book}/",
        "shift": "/",
        "empty": "/bench/empty/",
        "signed_in": "/bench/signed-in/",
    }
    sizes = {name: len(browser.get(path)) for name, path in paths.items()}
    taken: dict[str, list[float]] = {name: [] for name in paths}
    for _ in range(rounds):
        for name, path in paths.items():
            began = time.process_time()
            for _ in range(each):
                browser.get(path)
            taken[name].append((time.process_time() - began) * 1000 / each)
    return {
        "ms": {name: median(times) for name, times in taken.items()},
        "bytes": sizes,
        "lines": browser.get(paths["book"]).count(b"<article"),
        "debug": settings.DEBUG,
    }
