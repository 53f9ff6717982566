"""Clocks that are wrong: what is sealed, what is refused, what is told, and how the log goes on.

    .venv/bin/python -m tools.trials.clock            on SQLite
    .venv/bin/python -m tools.trials.clock --whole    on SQLite and PostgreSQL

Each step is a process whose clock is off by so much, while the computer's running time is not. It
seals three entries as a server does. At the end the clock is right, and a person says so.
"""

import pickle
import shutil
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Final

from tools.trials.apart import in_a_process, install

DAY: Final = timedelta(days=1)
STEPS: Final = (
    ("right", timedelta(0)),
    ("an hour back", -timedelta(hours=1)),
    ("a leap day ahead", DAY - timedelta(seconds=60)),
    ("two years ahead", 730 * DAY),
    ("75 years ahead", 27_394 * DAY),
    ("20 years back", -7305 * DAY),
    ("right", timedelta(0)),
)
EACH: Final = 3


@dataclass
class Clocks:
    """What the steps counted, and what was not as it should be."""

    where: str
    sealed: int = 0
    repeated: int = 0
    refused: int = 0
    told: int = 0
    put_right: int = 0
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """Write one line."""
        return (
            f"{self.where}: {self.sealed} sealed, {self.repeated} of them with the time of the line"
            f" before, {self.refused} refused, {self.told} of {len(STEPS)} clocks told about,"
            f" {self.put_right} lines put right, {len(self.wrong)} wrong {'; '.join(self.wrong)}"
        )


@dataclass(frozen=True)
class Step:
    """What came of one clock."""

    times: tuple[str, ...]
    refused: int
    told: tuple[str, ...]


def clocks(where: str) -> Clocks:
    """Seal with each clock in turn, then put the log right; a ledger has begun on the stores."""
    counted, last = Clocks(where), ""
    for name, off in STEPS:
        step: Step = pickle.loads(in_a_process(lambda: _seal(off)))  # noqa: B023, S301
        counted.sealed += len(step.times)
        counted.refused += step.refused
        counted.told += bool(step.told)
        for at in step.times:
            counted.repeated += at == last
            if at < last:
                counted.wrong.append(f"{name}: {at} is earlier than {last}")
            last = at
        should = EACH if off > DAY else 0
        if step.refused != should:
            counted.wrong.append(f"{name}: {step.refused} refused, and not {should}")
        if bool(step.told) != bool(off or name != STEPS[0][0] or last > _now()):
            counted.wrong.append(f"{name}: told {step.told}")
    right, problems = pickle.loads(in_a_process(_put_right))  # noqa: S301 (written a moment ago)
    counted.put_right = right
    counted.wrong += problems
    return counted


def _now() -> str:
    from django.utils import timezone  # noqa: PLC0415

    from casebound.foundation.base.times import utc_text  # noqa: PLC0415

    return utc_text(timezone.now())


def _seal(off: timedelta) -> bytes:
    """Seal entries as a server does, with a clock that is off by so much."""
    import time_machine  # noqa: PLC0415 (of this process alone)

    from casebound.ledger.sealing.actions import open_book, seal  # noqa: PLC0415
    from casebound.ledger.sealing.tests import build  # noqa: PLC0415
    from casebound.ledger.sealing.watched_clock import ClockAheadError, watch  # noqa: PLC0415
    from casebound.upkeep.running.alarms import alarms  # noqa: PLC0415

    with time_machine.travel(time.time() + off.total_seconds(), tick=True):
        watch()
        book, times, refused = open_book(), [], 0
        for _ in range(EACH):
            try:
                times.append(seal(build.new(book)).at)
            except ClockAheadError:
                refused += 1
        return pickle.dumps(Step(tuple(times), refused, tuple(alarms())))


def _put_right() -> bytes:
    """Say that the clock is right now, seal once more, and check all."""
    from datetime import UTC, datetime  # noqa: PLC0415

    from casebound.ledger.sealing.actions import open_book, put_clock_right, seal  # noqa: PLC0415
    from casebound.ledger.sealing.checking import full  # noqa: PLC0415
    from casebound.ledger.sealing.tests import build  # noqa: PLC0415

    correction = put_clock_right(true=datetime.now(UTC))
    wrong = [problem.words for problem in full().problems]
    at = datetime.fromisoformat(seal(build.new(open_book())).at)
    if abs(at - datetime.now(UTC)) > timedelta(minutes=1):
        wrong.append(f"after the clock was put right, an entry was sealed at {at}")
    wrong += [problem.words for problem in full().problems]
    lines = correction.line - correction.first if correction else 0
    return pickle.dumps((lines, wrong))


def _on(store: str) -> Clocks:
    """Run the steps on an installation of their own, in a process of its own."""

    def work() -> bytes:
        with ExitStack() as open_now:
            folder = Path(tempfile.mkdtemp(prefix="casebound-clocks-"))
            open_now.callback(shutil.rmtree, folder, ignore_errors=True)
            install(store, folder, open_now)
            return pickle.dumps(clocks(store))

    counted: Clocks = pickle.loads(in_a_process(work))  # noqa: S301 (written a moment ago)
    return counted


def main(words: list[str]) -> int:
    """Run it, print a line for each store, and return how many were not as they should be."""
    wrong = 0
    for store in ("SQLite", "PostgreSQL") if "--whole" in words else ("SQLite",):
        counted = _on(store)
        print(counted, flush=True)
        wrong += bool(counted.wrong)
    return wrong


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
