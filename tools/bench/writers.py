"""Several writers at once, each a process of its own, let go together and timed one by one."""

import multiprocessing
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from statistics import quantiles

from django.db import connections

Write = Callable[[], object]
Prepare = Callable[[int, int], Sequence[Write]]
"""Given the writer's number and how many writes it may do, return the writes, ready to go."""

_FORK = multiprocessing.get_context("fork")
READY_WITHIN = 300.0


@dataclass(frozen=True, slots=True)
class Timed:
    """What came of one run: how many a second, and how long each took, in milliseconds."""

    done: int
    rate: float
    p50: float
    p99: float
    worst: float


def timed(took: Sequence[float], *, seconds: float) -> Timed:
    """Sum up writes that took `took` seconds each, in `seconds` together."""
    cuts = quantiles(took, n=100, method="inclusive") if len(took) > 1 else list(took) * 99
    return Timed(len(took), len(took) / seconds, cuts[49] * 1000, cuts[98] * 1000, max(took) * 1000)


def together(prepare: Prepare, *, writers: int, seconds: float, at_most: int) -> Timed:
    """Let `writers` processes write for `seconds`, or until each has done its `at_most`.

    Every writer opens its connections and prepares before any begins.
    """
    connections.close_all()  # a connection must not be shared across a fork
    gate = _FORK.Barrier(writers)
    answers: list[Connection] = []
    processes = []
    for number in range(writers):
        mine, theirs = _FORK.Pipe(duplex=False)
        process = _FORK.Process(
            target=_write, args=(prepare, number, at_most, gate, seconds, theirs), daemon=True
        )
        process.start()
        theirs.close()
        answers.append(mine)
        processes.append(process)
    runs = [answer.recv() for answer in answers]
    for process in processes:
        process.join()
    failed = [run for run in runs if isinstance(run, str)]
    if failed:
        raise RuntimeError(failed[0])
    took = [seconds for _, _, times in runs for seconds in times]
    began, ended = min(run[0] for run in runs), max(run[1] for run in runs)
    return timed(took, seconds=ended - began)


def _write(  # noqa: PLR0917 (what a process is given is given by place)
    prepare: Prepare,
    number: int,
    at_most: int,
    gate: Barrier,
    seconds: float,
    answer: Connection,
) -> None:
    try:
        answer.send(_run(prepare(number, at_most), gate, seconds))
    except Exception as failed:  # noqa: BLE001 (whatever it was, the parent says it)
        gate.abort()
        answer.send(f"writer {number}: {type(failed).__name__}: {failed}"[:500])
    finally:
        connections.close_all()


def _run(
    writes: Sequence[Write], gate: Barrier, seconds: float
) -> tuple[float, float, list[float]]:
    took: list[float] = []
    gate.wait(READY_WITHIN)
    began = before = time.monotonic()
    until = began + seconds
    for write in writes:
        write()
        after = time.monotonic()
        took.append(after - before)
        before = after
        if after > until:
            break
    return began, before, took
