"""A real `casebound serve` on loopback, and clients that keep their connections."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from itertools import cycle, islice
from typing import Any
from urllib.parse import urlencode

from tools.bench import memory
from tools.bench.scratch import MeasureFailedError, Scratch
from tools.bench.writers import Write, together

READY_WITHIN = 60.0
CLIENTS = (1, 8, 32)
WORKERS = 2
AT_MOST = 900.0  # seconds for the many requests at the end; how many there were is said
OK, FOUND = 200, 302
SMALLEST_WORKER = 20.0  # MB: what is smaller is a helper of the server, not a worker

Person = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    port: int
    process: subprocess.Popen[bytes]

    def memory(self) -> float:
        """Return what its workers hold together, in MB."""
        held = [memory.now(child) for child in memory.children(self.process.pid)]
        return sum(megabytes for megabytes in held if megabytes > SMALLEST_WORKER)


@contextmanager
def served(scratch: Scratch) -> Iterator[Server]:
    """Serve a scratch installation with two workers, as `casebound serve` does."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = asked.getsockname()[1]
    environment = scratch.environment | {
        "DJANGO_SETTINGS_MODULE": "tools.bench.served",
        "CASEBOUND_BENCH_SETTINGS": os.environ.get(
            "DJANGO_SETTINGS_MODULE", "casebound.config.settings"
        ),
    }
    if scratch.store == "postgres":
        environment["CASEBOUND_POOL"] = "8"
    process = subprocess.Popen(
        [sys.executable, "-m", "casebound", "serve", "--port", str(port),
         "--workers", str(WORKERS)],
        env=environment,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_until_ready(port, process)
        yield Server(port, process)
    finally:
        process.terminate()
        process.wait()


def measured(
    scratch: Scratch, *, seconds: float, rounds: int, drafts: int, requests: int
) -> dict[str, Any]:
    """Return how the Shift page and Sign answer, and what memory the workers hold."""
    runs = len(CLIENTS) * rounds
    people: list[Person] = scratch.call(
        "serve.hire", clients=max(CLIENTS), drafts=-(-drafts * runs // max(CLIENTS)) + runs * 3
    )
    unsigned = {number: iter(person["sign"]) for number, person in enumerate(people)}
    found: dict[str, Any] = {}
    with served(scratch) as server:
        together(partial(_mix, server.port, people), writers=8, seconds=60, at_most=50)
        found["memory_before"] = server.memory()
        for clients in CLIENTS:
            shift, sign = [], []
            for _ in range(rounds):
                run = together(
                    partial(_shift, server.port, people),
                    writers=clients, seconds=seconds, at_most=100_000,
                )  # fmt: skip
                shift.append(asdict(run))
                each = min(max(drafts // clients, 1), len(people[0]["sign"]) // runs)
                batches = [list(islice(unsigned[number], each)) for number in range(clients)]
                run = together(
                    partial(_sign, server.port, people, batches),
                    writers=clients, seconds=seconds, at_most=each,
                )  # fmt: skip
                sign.append(asdict(run))
            found[f"shift {clients}"], found[f"sign {clients}"] = shift, sign
        found["memory_warm"] = server.memory()
        run = together(
            partial(_mix, server.port, people),
            writers=8, seconds=AT_MOST, at_most=-(-requests // 8),
        )  # fmt: skip
        found["memory_after"], found["requests"] = server.memory(), run.done
    found["proving"] = scratch.call("serve.proving")
    return found


def _wait_until_ready(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/sign-in/")
            connection.getresponse().read()
            connection.close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise MeasureFailedError("the server did not start")


def _client(port: int, person: Person) -> Callable[..., None]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def ask(path: str, wanted: int, form: str | None = None) -> None:
        headers = {"Cookie": person["cookie"], "Accept": "text/html"}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request("GET" if form is None else "POST", path, form, headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != wanted:
            raise ValueError(f"{path}: {answer.status}")

    return ask


def _shift(port: int, people: list[Person], number: int, count: int) -> Sequence[Write]:
    ask = _client(port, people[number])
    ask(people[number]["shift"], OK)
    return [partial(ask, people[number]["shift"], OK)] * count


def _sign(
    port: int, people: list[Person], batches: list[list[str]], number: int, count: int
) -> Sequence[Write]:
    person = people[number]
    ask = _client(port, person)
    ask(person["security"], OK)
    form = urlencode({"csrfmiddlewaretoken": person["token"], "password": person["password"]})
    return [partial(ask, path, FOUND, form) for path in batches[number][:count]]


def _mix(port: int, people: list[Person], number: int, count: int) -> Sequence[Write]:
    person = people[number]
    ask = _client(port, person)
    paths = (person["shift"], person["security"], person["book"], person["security"])
    return [partial(ask, path, OK) for path in islice(cycle(paths), count)]
