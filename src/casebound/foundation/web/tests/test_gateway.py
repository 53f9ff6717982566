"""What stands between the server and Django, without a server: bodies, environments, refusals."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import pytest

from casebound.foundation.web import gateway
from casebound.foundation.web.environ import environ_of
from casebound.foundation.web.gateway import Gateway, Headers
from casebound.foundation.web.lengths import OVER
from casebound.foundation.web.pieces import Pieces, SlowError


@dataclass
class Sent:
    """A request as the server gives it, and the answer it gets."""

    pieces: tuple[bytes, ...] = ()
    path: str = "/sign-in/"
    more: tuple[tuple[str, str], ...] = ()
    method: str = "POST"
    query_string: str = ""
    http_version: str = "1.1"
    server: str = "127.0.0.1:8000"
    client: str = "192.0.2.7:4000"
    stops: bool = False
    status: int = 0
    body: bytes = b""
    pulled: int = 0
    headers: Any = field(init=False)

    def __post_init__(self) -> None:
        self.headers = dict(self.more)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self.pieces:
            self.pulled += 1
            yield piece
        if self.stops:
            await asyncio.sleep(60)

    def response_bytes(self, status: int, headers: Headers, body: bytes, /) -> None:  # noqa: ARG002
        self.status, self.body = status, body

    def response_stream(self, status: int, headers: Headers, /) -> Any:
        raise NotImplementedError  # what is tried here answers in one piece


def echo(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Answer with what was read, or 413 if the gateway says that it was too long."""
    start("413 Too long" if OVER in environ else "200 OK", [])
    return [environ["wsgi.input"].read()]


def answered(*sent: Sent) -> None:
    async def all_of_them() -> None:
        through = Gateway(echo, threads=2)
        await asyncio.gather(*(through.__rsgi__(request, request) for request in sent))

    asyncio.run(all_of_them())


LENGTH = (("content-length", "10"),)
CHUNKED = (("transfer-encoding", "chunked"),)


@pytest.mark.parametrize("how", [LENGTH, CHUNKED])
def test_a_body_is_read_as_a_whole(how: tuple[tuple[str, str], ...]) -> None:
    sent = Sent((b"hello", b"there"), more=how)
    answered(sent)

    assert (sent.status, sent.body) == (200, b"hellothere")


def test_a_body_without_a_length_is_read_no_further_than_its_address_takes() -> None:
    sent = Sent((b"x" * 30_000,) * 50, more=CHUNKED)
    answered(sent)

    assert sent.status == 413
    assert sent.pulled == 3  # 64 KB before signing in


def test_a_body_that_is_too_long_by_its_own_word_is_not_read_at_all() -> None:
    sent = Sent((b"x" * 30_000,) * 50, more=(("content-length", "70000"),))
    answered(sent)

    assert sent.pulled == 0


def test_a_body_that_stops_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway, "BODY_WITHIN", 0.05)
    sent = Sent((b"hello",), more=LENGTH, stops=True)
    answered(sent)

    assert sent.status == gateway.TOO_SLOW


def test_of_one_client_the_oldest_slow_body_is_given_up_and_others_get_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gateway, "MOST_OF_CLIENT", 2)
    monkeypatch.setattr(gateway, "BODY_WITHIN", 0.5)
    slow = [Sent((b"hello",), more=LENGTH, stops=True) for _ in range(5)]
    same = Sent((b"same",), more=LENGTH)
    answered(*slow, same)

    assert (same.status, same.body) == (200, b"same")
    assert [request.status for request in slow] == [gateway.TOO_SLOW] * 5


def test_a_header_that_could_pass_for_one_of_the_proxys_is_left_out() -> None:
    sent = Sent(more=(("x_forwarded_for", "6.6.6.6"), ("x-forwarded-for", "6.6.6.6, 192.0.2.1")))
    environ, client = environ_of(sent, behind_proxy=True)

    assert environ["HTTP_X_FORWARDED_FOR"] == "6.6.6.6, 192.0.2.1"
    assert client == "192.0.2.1"
    assert environ_of(sent, behind_proxy=False)[1] == "192.0.2.7"


def test_a_thread_reads_the_pieces_of_a_file_as_one() -> None:
    async def read() -> list[bytes]:
        loop = asyncio.get_running_loop()
        pieces = Pieces(aiter(Sent((b"abc", b"de", b"f\ngh"))), loop, within=1)
        return [
            await loop.run_in_executor(None, pieces.read, 2),
            await loop.run_in_executor(None, pieces.readline),
            await loop.run_in_executor(None, pieces.read),
            await loop.run_in_executor(None, pieces.read, 5),
        ]

    assert asyncio.run(read()) == [b"ab", b"cdef\n", b"gh", b""]


def test_a_piece_that_does_not_come_in_time_ends_the_file() -> None:
    async def read() -> bytes:
        loop = asyncio.get_running_loop()
        pieces = Pieces(aiter(Sent((b"abc",), stops=True)), loop, within=0.05)
        return await loop.run_in_executor(None, pieces.read, 10)

    with pytest.raises(SlowError):
        asyncio.run(read())
