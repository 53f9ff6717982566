"""Between the web server and Django: a request takes a thread once all of it is there.

Django answers in threads, and there are few. If a thread waits for the bytes of a slow client, 36
slow clients stop everybody. So the event loop of the server receives a body first, against a
deadline, in memory, no longer than its address may be; and it sends the answer, however slowly that
is read. A client has a bounded number of bodies on their way.

Files are the exception: they are too large for the memory and never lie in plain on the disk. They
are encrypted piece by piece as they come, in threads of their own.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final, Protocol

from django.conf import settings

from casebound.foundation.web.environ import RequestScope, environ_of
from casebound.foundation.web.lengths import OVER, files_at, longest_body
from casebound.foundation.web.pieces import Pieces, SlowError

THREADS: Final = "CASEBOUND_THREADS"
HEADERS_WITHIN: Final = 10  # seconds; the server itself sees to it
BODY_WITHIN: Final = 20.0  # seconds, for the whole body of a form
PIECE_WITHIN: Final = 20.0  # seconds, for the next piece of a file, and of an answer to be read
MOST_OF_CLIENT: Final = 24  # bodies on their way from one address
MOST_OF_ALL: Final = 240
UPLOADS: Final = 4  # files that are encrypted at once
UPLOADS_OF_CLIENT: Final = 2
TOO_MANY, TOO_SLOW = 503, 408
_WORDS: Final = {
    TOO_MANY: "Too many requests at once. Nothing was done. Wait a minute, then try again.",
    TOO_SLOW: "This took too long to arrive. Nothing was done. Try again.",
}

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Headers = list[tuple[str, str]]


class Transport(Protocol):
    """An answer that is sent piece by piece."""

    async def send_bytes(self, data: bytes, /) -> None:
        """Send a piece; it waits until the client has room for it."""


class Exchange(Protocol):
    """One request and its answer, as the server hands it over (RSGI)."""

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Receive the body, piece by piece."""

    def response_bytes(self, status: int, headers: Headers, body: bytes, /) -> None:
        """Answered with all of it."""

    def response_stream(self, status: int, headers: Headers, /) -> Transport:
        """Begin to answer piece by piece."""


class RefusedRequestError(Exception):
    """A request that Django never sees, with the status it is answered by."""

    def __init__(self, status: int) -> None:
        """Keep the status."""
        super().__init__(status)
        self.status = status


@dataclass(slots=True)
class Answered:
    """What Django answered: all of it, or what yields it piece by piece."""

    status: int
    headers: Headers
    body: bytes = b""
    pieces: Iterator[bytes] | None = None
    close: Callable[[], None] | None = None


class Arriving:
    """The bodies on their way. If a client has too many, the one that came first is given up."""

    def __init__(self) -> None:
        """Begin with none."""
        self._deadlines: dict[asyncio.Timeout, str] = {}  # in the order they began

    async def received(self, protocol: Exchange, client: str, *, most: int) -> bytes | None:
        """Return the body; None as soon as it is longer than it may be.

        Raises:
            RefusedRequestError: it did not come in time, or its client went away.
        """
        pieces = bytearray()
        try:
            async with asyncio.timeout(BODY_WITHIN) as deadline:
                self._give_up_one(client)
                self._deadlines[deadline] = client
                try:
                    async for piece in protocol:
                        pieces += piece
                        if len(pieces) > most:
                            return None
                finally:
                    self._deadlines.pop(deadline, None)
        except (TimeoutError, RuntimeError):  # the server raises the second for a client that left
            raise RefusedRequestError(TOO_SLOW) from None
        return bytes(pieces)

    def _give_up_one(self, client: str) -> None:
        theirs = [deadline for deadline, of in self._deadlines.items() if of == client]
        oldest = next(iter(self._deadlines), None) if len(self._deadlines) >= MOST_OF_ALL else None
        given_up = theirs[0] if len(theirs) >= MOST_OF_CLIENT else oldest
        if given_up is not None:
            del self._deadlines[given_up]
            given_up.reschedule(asyncio.get_running_loop().time())


class Gateway:
    """The application that the server calls for each request."""

    def __init__(self, wsgi: Wsgi, *, threads: int) -> None:
        """Begin with idle threads; each process of the server has its own."""
        self._wsgi = wsgi
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="answering")
        self._uploading = ThreadPoolExecutor(UPLOADS, thread_name_prefix="uploading")
        self._arriving = Arriving()
        self._uploads: Counter[str] = Counter()

    async def __rsgi__(self, scope: RequestScope, protocol: Exchange) -> None:
        """Answered one request."""
        environ, client = environ_of(scope, behind_proxy=settings.BEHIND_TLS)
        try:
            answer = await self._answer(environ, client, protocol)
        except RefusedRequestError as refused:
            answer = _refusal(refused.status)
        await _send(protocol, answer, self._threads)

    async def _answer(self, environ: dict[str, Any], client: str, protocol: Exchange) -> Answered:
        loop = asyncio.get_running_loop()
        path, declared = environ["PATH_INFO"], environ.get("CONTENT_LENGTH", "")
        is_chunked = "HTTP_TRANSFER_ENCODING" in environ
        if not declared and not is_chunked:
            return await loop.run_in_executor(self._threads, self._call, environ)
        most = longest_body(path)
        if not is_chunked and not declared.isdecimal():
            raise RefusedRequestError(400)
        if declared and int(declared) > most:  # Django says so, and nothing is read
            return await loop.run_in_executor(self._threads, self._call, environ)
        if files_at(path):
            return await self._take_files(environ, client, protocol, is_chunked=is_chunked)
        body = await self._arriving.received(protocol, client, most=most)
        if body is None:
            environ[OVER] = True
        else:
            environ["wsgi.input"] = BytesIO(body)
            environ["CONTENT_LENGTH"] = str(len(body))
        return await loop.run_in_executor(self._threads, self._call, environ)

    async def _take_files(
        self, environ: dict[str, Any], client: str, protocol: Exchange, *, is_chunked: bool
    ) -> Answered:
        """Let a thread of the uploads read the body as it comes."""
        loop = asyncio.get_running_loop()
        if is_chunked:  # browsers say how long it is
            environ[OVER] = True
            return await loop.run_in_executor(self._threads, self._call, environ)
        with _one_more(self._uploads, client, most=UPLOADS_OF_CLIENT, of_all=UPLOADS):
            environ["wsgi.input"] = Pieces(aiter(protocol), loop, within=PIECE_WITHIN)
            try:
                return await loop.run_in_executor(self._uploading, self._call, environ)
            except SlowError:
                raise RefusedRequestError(TOO_SLOW) from None

    def _call(self, environ: dict[str, Any]) -> Answered:
        """Call Django, in a thread."""
        begun: list[Any] = []

        def start(status: str, headers: Headers, *_: Any) -> None:
            begun[:] = [int(status.split(" ", 1)[0]), headers]

        response = self._wsgi(environ, start)
        close = getattr(response, "close", None)
        answer = Answered(begun[0], begun[1])
        if getattr(response, "streaming", False):
            answer.pieces, answer.close = iter(response), close
            return answer
        try:
            answer.body = b"".join(response)
        finally:
            if close is not None:
                close()
        return answer


@contextmanager
def _one_more(here: Counter[str], client: str, *, most: int, of_all: int) -> Iterator[None]:
    """Count a request of a client while it is on its way.

    Raises:
        RefusedRequestError: there are too many of theirs, or of all.
    """
    if here[client] >= most or here.total() >= of_all:
        raise RefusedRequestError(TOO_MANY)
    here[client] += 1
    try:
        yield
    finally:
        here[client] -= 1
        if not here[client]:
            del here[client]


async def _send(protocol: Exchange, answer: Answered, threads: ThreadPoolExecutor) -> None:
    """Send an answer. No thread waits for who reads it; who reads too slowly gets no more."""
    if answer.pieces is None:
        protocol.response_bytes(answer.status, answer.headers, answer.body)
        return
    loop = asyncio.get_running_loop()
    try:
        transport = protocol.response_stream(answer.status, answer.headers)
        while piece := await loop.run_in_executor(threads, next, answer.pieces, b""):
            await asyncio.wait_for(transport.send_bytes(piece), PIECE_WITHIN)
    except (TimeoutError, RuntimeError):
        pass  # they went away, or read nothing for too long
    finally:
        if answer.close is not None:
            await loop.run_in_executor(threads, answer.close)


def _refusal(status: int) -> Answered:
    """Return an answer without Django, which has no thread to spare for it."""
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("Connection", "close"),
        *([("Retry-After", "60")] if status == TOO_MANY else []),
    ]
    return Answered(status, headers, _WORDS.get(status, "This could not be read.").encode())
