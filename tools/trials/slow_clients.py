"""Slow clients: does one stranger with many slow connections stop everybody else?

    .venv/bin/python -m tools.trials.slow_clients            36 connections of each kind
    .venv/bin/python -m tools.trials.slow_clients --whole    400 of each kind, and how they end

A stranger opens connections that send their headers slowly, their body slowly, or read the answer
slowly. Meanwhile somebody else asks for a page and sends a form, in turns. The trial prints how
long that took, and whether anything was put into the temporary folder.
"""

import argparse
import socket
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tools.trials.served import Served

FEW, MANY = 36, 400
ASKED: Final = 20  # times that somebody else asks for a page
PAUSE: Final = 0.02
_HOST: Final = b"Host: localhost\r\n"
_CLOSE: Final = b"Connection: close\r\n\r\n"
_FORM: Final = b"Content-Type: application/x-www-form-urlencoded\r\n"
_FILES: Final = b"Content-Type: multipart/form-data; boundary=casebound\r\n"
_FILE: Final = (
    b'--casebound\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
)
KINDS: Final = {
    "headers": b"POST /sign-in/ HTTP/1.1\r\n" + _HOST + b"X-Slow: ",
    "body": b"POST /sign-in/ HTTP/1.1\r\n" + _HOST + _FORM + b"Content-Length: 5000\r\n\r\nlogin=",
    "chunked body": b"POST /sign-in/ HTTP/1.1\r\n" + _HOST + _FORM
    + b"Transfer-Encoding: chunked\r\n\r\n6\r\nlogin=\r\n",
    "files": b"POST /sign-in/ HTTP/1.1\r\n" + _HOST + _FILES + b"Content-Length: 60000\r\n\r\n"
    + _FILE + b"x" * 3000,
    "files at a draft": b"POST /drafts/" + b"0" * 32 + b"/files/ HTTP/1.1\r\n" + _HOST + _FILES
    + b"Content-Length: 90000000\r\n\r\n" + _FILE + b"x" * 3000,
    "reading": b"GET /static/app/app.js HTTP/1.1\r\n" + _HOST + b"\r\n",
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """What somebody else had of it: answers, the slowest in seconds, and files left behind."""

    kind: str
    connections: int
    answered: int
    asked: int
    slowest: float
    left: int

    def __str__(self) -> str:
        """Say it in a line."""
        return (
            f"{self.connections} slow with {self.kind}: {self.answered} of {self.asked} requests of"
            f" others answered, the slowest in {self.slowest * 1000:.0f} ms;"
            f" {self.left} files in the temporary folder"
        )


@contextmanager
def slow(served: Served, kind: str, count: int) -> Iterator[list[socket.socket]]:
    """Hold connections open that say a little and then nothing more."""
    held: list[socket.socket] = []
    try:
        for _ in range(count):
            connection = served.connected()
            if kind == "reading":
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            connection.sendall(KINDS[kind])
            held.append(connection)
        yield held
    finally:
        for connection in held:
            connection.close()


def tried(served: Served, kind: str, count: int) -> Told:
    """Let a stranger be slow, and ask as somebody else."""
    with slow(served, kind, count):
        asks = [(sign_in_page, posted_form)[turn % 2] for turn in range(ASKED)]
        times = [took for ask in asks if (took := timed(served, ask)) >= 0]
        left = len(list(served.temporary.iterdir()))
    return Told(kind, count, len(times), ASKED, max(times, default=0.0), left)


def timed(served: Served, ask: Callable[[Served], bool]) -> float:
    """Return how long a request took, in seconds; -1 if it was not answered."""
    time.sleep(PAUSE)
    began = time.monotonic()
    return time.monotonic() - began if ask(served) else -1.0


def sign_in_page(served: Served) -> bool:
    """Ask for the sign-in page."""
    return _answer(served, b"GET /sign-in/ HTTP/1.1\r\n" + _HOST + _CLOSE).startswith(b"200")


def posted_form(served: Served) -> bool:
    """Send a form without a token; it is read, and answered with the way to a refusal."""
    sent = b"POST /sign-in/ HTTP/1.1\r\n" + _HOST + _FORM + b"Content-Length: 5\r\n" + _CLOSE
    return _answer(served, sent + b"a=bcd").startswith(b"303")


def _answer(served: Served, sent: bytes) -> bytes:
    try:
        with served.connected() as there:
            there.settimeout(5)
            there.sendall(sent)
            return there.recv(15).removeprefix(b"HTTP/1.1 ")
    except OSError:
        return b""


def ended(served: Served, kind: str, *, within: float) -> tuple[int, float]:
    """Return how many of four slow connections the server ends, and when it ended the last."""
    began, count = time.monotonic(), 0
    with slow(served, kind, 4) as held:
        for connection in held:
            connection.settimeout(max(0.1, within - (time.monotonic() - began)))
            try:
                while connection.recv(65536):
                    pass
                count += 1
            except ConnectionError:
                count += 1
            except TimeoutError:
                pass
    return count, time.monotonic() - began


def main(words: Sequence[str] | None = None) -> int:
    """Print the figures; 1 if somebody else was stopped."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--whole", action="store_true")
    whole = parser.parse_args(words).whole
    stopped = False
    with tempfile.TemporaryDirectory() as folder, Served(Path(folder) / "trial") as served:
        for kind in KINDS:
            told = tried(served, kind, MANY if whole else FEW)
            stopped |= told.answered < told.asked or told.left > 0
            print(told, flush=True)
        for kind in ("headers", "body") if whole else ():
            count, took = ended(served, kind, within=60)
            stopped |= count < 4  # noqa: PLR2004 (all of them)
            print(f"{count} of 4 slow with {kind} were ended, the last after {took:.0f} s")
    return int(stopped)


if __name__ == "__main__":
    raise SystemExit(main())
