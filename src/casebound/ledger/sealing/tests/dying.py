"""Doing something in a process that is killed on the way, as by a power cut (kill -9)."""

import os
import signal
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connections

from casebound.ledger.sealing import highwater
from casebound.ledger.sealing.connection import StoreConnection


def killed_at_each_step(work: Callable[[int], object]) -> Iterator[int]:
    """Do `work(step)` in one process after another, each killed at a later step than the last.

    A step is a statement, a commit (before it and behind it), or the high-water mark. Yields the
    step after each death; ends when the work got through.
    """
    step = 0
    while _dies(step, work):
        yield step
        step += 1


def _dies(step: int, work: Callable[[int], object]) -> bool:
    child = os.fork()
    if child == 0:
        try:
            # The parent's connections are the parent's.
            for wrapper in connections.all(initialized_only=True):
                wrapper.connection = None
            _arm(step)
            work(step)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _arm(step: int) -> None:
    left = step

    def tick() -> None:
        nonlocal left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1

    def ticking(owner: object, name: str, *, behind: bool = False) -> None:
        kept = getattr(owner, name)

        def wrapped(*words: Any, **named: Any) -> object:
            tick()
            answer = kept(*words, **named)
            if behind:
                tick()
            return answer

        setattr(owner, name, wrapped)

    ticking(StoreConnection, "execute")
    ticking(StoreConnection, "executemany")
    ticking(StoreConnection, "commit", behind=True)
    ticking(highwater, "write")
    for kind in {type(wrapper) for wrapper in connections.all()}:
        ticking(kind, "_commit", behind=True)
