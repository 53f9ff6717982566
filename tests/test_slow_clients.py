"""The trial of slow clients, small: the whole of it is `tools/trials/slow_clients.py --whole`."""

from collections.abc import Iterator

import pytest

from tools.trials.served import Served
from tools.trials.slow_clients import FEW, KINDS, ended, tried

pytestmark = pytest.mark.policy("P12")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve an empty installation for all tests of this file."""
    with Served(tmp_path_factory.mktemp("slow") / "trial") as running:
        yield running


@pytest.mark.parametrize("kind", KINDS)
def test_one_stranger_with_many_slow_connections_stops_nobody(served: Served, kind: str) -> None:
    told = tried(served, kind, FEW)

    assert (told.answered, told.left) == (told.asked, 0), str(told)


def test_a_connection_that_sends_no_headers_is_ended(served: Served) -> None:
    assert ended(served, "headers", within=20)[0] == 4


def test_what_a_running_server_makes_is_for_its_owner_alone(served: Served) -> None:
    made = [served.data, *served.data.rglob("*")]

    assert len(made) > 5
    assert [path.name for path in made if path.stat().st_mode & 0o077] == []


@pytest.mark.parametrize(
    "lengths",
    [
        b"Content-Length: 4\r\nContent-Length: 7\r\n",
        b"Transfer-Encoding: gzip\r\n",
        b"Content-Length: 4\r\nTransfer-Encoding: chunked, identity\r\n",
    ],
)
def test_a_request_whose_end_could_be_meant_in_two_ways_is_refused(
    served: Served, lengths: bytes
) -> None:
    answer = _answer(served, b"POST /sign-in/ HTTP/1.1\r\nHost: localhost\r\n" + lengths + b"\r\n")

    assert answer.startswith(b"HTTP/1.1 400"), answer[:80]
    assert answer.count(b"HTTP/1.1 ") == 1


def test_of_a_length_and_chunks_the_chunks_count_and_nothing_follows_unseen(
    served: Served,
) -> None:
    """RFC 9112, section 6.3: what stands behind the last chunk is a request, or the end."""
    answer = _answer(
        served,
        b"POST /sign-in/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        b"GET /line/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    )

    assert answer.count(b"HTTP/1.1 ") <= 2
    assert b"login" not in answer.split(b"\r\n", 1)[0]


def test_no_version_is_told(served: Served) -> None:
    answer = _answer(
        served, b"GET /sign-in/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    )
    head = answer.split(b"\r\n\r\n", 1)[0].lower()

    told = [line for line in head.split(b"\r\n") if line.startswith((b"server:", b"x-powered-by:"))]
    assert [line for line in told if any(digit in line for digit in b"0123456789")] == []


def _answer(served: Served, request: bytes) -> bytes:
    """Send bytes and return all that comes back until it is quiet or over."""
    with served.connected() as there:
        there.sendall(request)
        there.settimeout(3)
        parts = []
        try:
            while part := there.recv(65536):
                parts.append(part)
        except TimeoutError:
            pass
    return b"".join(parts)
