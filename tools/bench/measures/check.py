"""Checking and rebuilding: how fast, beside bare SHA-256 of the same bytes, and in what memory."""

import hashlib
import os
import time
from collections.abc import Callable
from functools import partial
from statistics import median
from typing import Any

from django.db import connections

from casebound.ledger.projecting import actions as projecting
from casebound.ledger.sealing import checking
from tools.bench import memory
from tools.bench.measures.filling import fill_log


def fill(entries: int) -> int:
    """Seal so many entries more; return how many there are."""
    fill_log(entries)
    return _size()


def speed(rounds: int = 5) -> dict[str, Any]:
    """Return medians of interleaved rounds: bare SHA-256, quick and full checks, a rebuild."""
    size = sum(len(body) for body in _stored())
    cores = len(os.sched_getaffinity(0))
    on_every_core = partial(checking.quick, workers=cores)
    took: dict[str, list[float]] = {
        "sha256": [],
        "quick": [],
        "quick_on_every_core": [],
        "full": [],
    }
    for _ in range(rounds):
        took["sha256"].append(_hashing())
        took["quick"].append(_seconds(_whole(checking.quick)))
        took["quick_on_every_core"].append(_seconds(_whole(on_every_core)))
    for _ in range(max(rounds // 2, 1)):
        took["full"].append(_seconds(_whole(checking.full)))
    return {
        "cores": cores,
        "entries": _size(),
        "bytes": size,
        "seconds": {name: median(times) for name, times in took.items()},
    }


def rebuilt() -> dict[str, Any]:
    """Return how long a rebuild takes and what memory it needs beyond an idle process."""
    return _in_memory(projecting.rebuild)


def quick_in_memory() -> dict[str, Any]:
    """Return what a quick check needs."""
    return _in_memory(_whole(checking.quick))


def full_in_memory() -> dict[str, Any]:
    """Return what a full check needs."""
    return _in_memory(_whole(checking.full))


def _in_memory(work: Callable[[], object]) -> dict[str, Any]:
    entries = _size()  # opens the store, as an idle process has
    memory.begin_peak()
    idle = memory.now()
    seconds = _seconds(work)
    return {"entries": entries, "seconds": seconds, "mb": memory.peak() - idle}


def _whole(check: Callable[[], checking.Checked]) -> Callable[[], None]:
    def run() -> None:
        found = check()
        if not found.ok:
            raise ValueError(f"the log is not whole: {found.problems[:3]}")

    return run


def _hashing() -> float:
    """Time bare SHA-256; the bytes are gone again when workers are forked for the next check."""
    bodies = _stored()
    return _seconds(lambda: _hash_all(bodies))


def _hash_all(bodies: list[bytes]) -> None:
    for body in bodies:
        hashlib.sha256(body).digest()


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _stored() -> list[bytes]:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT body FROM sealed_entry")
        return [bytes(body) for (body,) in cursor.fetchall()]


def _size() -> int:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sealed_entry")
        return int(cursor.fetchone()[0])
