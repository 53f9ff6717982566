"""Several real processes at work on the stores of a test.

    def test_two_writers_never_get_one_number(processes: Processes) -> None:
        first, second = processes.together(write_one, ["Ada"], ["Ben"])

The function is a plain one of the test's module; its arguments and what it returns are pickled.
Each process is a fresh interpreter with Django set up, on the same stores and with the same clock
as the test. All are ready before the first begins.
"""

import multiprocessing
import pickle
import time
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event

import django
import pytest

from tests import clock

_SPAWN = multiprocessing.get_context("spawn")
READY_WITHIN = 60.0  # seconds: a fresh interpreter on a busy machine


class ProcessDiedError(Exception):
    """A process ended without an answer."""


class Running:
    """One process at work."""

    def __init__(self, function: Callable[..., object], words: Sequence[object]) -> None:
        """Start an interpreter and wait until it has loaded the function, but not begun."""
        self._gate = _SPAWN.Event()
        self._answers, answering = _SPAWN.Pipe(duplex=False)
        # Pickled here: the function's module may only be imported once Django is set up there.
        work = pickle.dumps((function, words, time.time()))
        self.process = _SPAWN.Process(target=_work, args=(answering, self._gate, work), daemon=True)
        self.process.start()
        answering.close()

    def wait_until_ready(self) -> None:
        """Wait until the function is about to be called."""
        self._receive(READY_WITHIN)

    def begin(self) -> None:
        """Let it begin."""
        self._gate.set()

    def answer(self, *, within: float = 60) -> object:
        """Return what the function returned, or raise what it raised.

        Raises:
            ProcessDiedError: it ended without either, or took longer than `within` seconds.
        """
        returned, raised = self._receive(within)
        self.process.join(within)
        if raised is not None:
            raise raised
        return returned

    def kill(self) -> None:
        """End it as a power cut would (SIGKILL)."""
        self.process.kill()
        self.process.join()
        self._answers.close()

    def _receive(self, within: float) -> tuple[object, BaseException | None]:
        if not self._answers.poll(within):
            self.kill()
            raise ProcessDiedError(f"no answer within {within:.0f} seconds")
        try:
            returned, raised = self._answers.recv()
        except EOFError as ended:
            self.process.join()
            raise ProcessDiedError(f"exit code {self.process.exitcode}") from ended
        return returned, raised


class Processes:
    """Starts processes for one test, and leaves none behind."""

    def __init__(self) -> None:
        """Begin with none."""
        self._started: list[Running] = []

    def start(self, function: Callable[..., object], *words: object) -> Running:
        """Start one process that calls `function(*words)`, and let it begin."""
        running = self._start(function, words)
        running.wait_until_ready()
        running.begin()
        return running

    def together(
        self, function: Callable[..., object], *calls: Sequence[object], within: float = 60
    ) -> list[object]:
        """Call `function` once for each of `calls`, each in its own process, all at once.

        Returns what each returned, or the exception it raised, in the order of `calls`.
        """
        all_running = [self._start(function, words) for words in calls]
        for running in all_running:
            running.wait_until_ready()
        for running in all_running:
            running.begin()
        return [_outcome(running, within) for running in all_running]

    def end(self) -> None:
        """Kill whatever still runs."""
        for running in self._started:
            running.kill()

    def _start(self, function: Callable[..., object], words: Sequence[object]) -> Running:
        running = Running(function, words)
        self._started.append(running)
        return running


@pytest.fixture
def processes(transactional_db: None) -> Iterator[Processes]:  # noqa: ARG001 (real commits)
    """Start processes on the test's stores."""
    started = Processes()
    yield started
    started.end()


def _outcome(running: Running, within: float) -> object:
    try:
        return running.answer(within=within)
    except ProcessDiedError:
        raise
    except Exception as raised:  # noqa: BLE001 (whatever it is, it is the answer)
        return raised


def _work(answering: Connection, gate: Event, work: bytes) -> None:
    """Do the work, in the new process."""
    django.setup()
    function, words, now = pickle.loads(work)  # noqa: S301 (written by the parent a moment ago)
    clock.set_to(now).__enter__()  # as in the parent, and until this process ends
    answering.send((None, None))
    gate.wait()
    answer: tuple[object, BaseException | None]
    try:
        answer = (function(*words), None)
    except Exception as raised:  # noqa: BLE001 (the parent raises it)
        answer = (None, raised)
    answering.send(answer)
