"""Telling people that the books are being worked out again, and seeing to it that they are."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from casebound.foundation.stores.refusals import StoreRefusedError, refusal_for
from casebound.foundation.web.errors import store_refused
from casebound.ledger.projecting.emptied import WorkedOutAgainError, is_emptied

AGAIN_AFTER: Final = 10.0  # seconds until another process is started, should one have failed
READS_NOTHING: Final = ("/line/",)


class WorkedOutAgainMiddleware:
    """Answers every page in words while the derived store has no rows, and has it made again.

    Without rows nobody has an appointment, a child or a book, and each page would say so.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, if there is something to show. 2 queries a new connection."""
        if not request.path_info.startswith(READS_NOTHING):
            refusal = _looked()
            if refusal is not None:
                return store_refused(request, refusal)
        return self.get_response(request)


def _looked() -> StoreRefusedError | None:
    """Look whether the stores can be used and have rows; return what to say if not."""
    try:
        if not is_emptied():
            return None
    except Exception as error:
        if refusal := refusal_for(error):
            return refusal
        raise
    _remaking.begin()
    return WorkedOutAgainError()


class _Remaking:
    """The process that remakes the rooms: `casebound work`, of which only one is busy at a time."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._began = 0.0

    def begin(self) -> None:
        """Start it, unless it runs or was started a moment ago."""
        runs = self._process is not None and self._process.poll() is None
        if runs or time.monotonic() < self._began + AGAIN_AFTER:
            return
        self._began = time.monotonic()
        # Not a thread: it would slow every page of this server down, and end with it.
        self._process = subprocess.Popen(
            [sys.executable, "-m", "casebound", "work"],
            env={**os.environ, "CASEBOUND_DATA": str(settings.INSTALLATION.data)},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )


_remaking = _Remaking()
