"""Living many lives, in one process or several, and counting what came of them."""

import gc
import multiprocessing
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random

import time_machine
from django.db import DatabaseError

from casebound.foundation.base.refusals import RefusedError
from tools.trials.power import house, planted
from tools.trials.power.answers import BrokenError
from tools.trials.power.disk import Images, Note
from tools.trials.power.folder import simulated
from tools.trials.power.life import Life
from tools.trials.power.preparing import Machine, repeatable

PIECE = 100  # lives that a worker lives before it says how they went


@dataclass(slots=True)
class Outcome:
    """What came of some lives."""

    counts: Counter[str] = field(default_factory=Counter)
    broken: dict[int, str] = field(default_factory=dict)  # the first line of each failure

    def add(self, other: "Outcome") -> None:
        """Count other lives as well."""
        self.counts.update(other.counts)
        self.broken |= other.broken


@dataclass(frozen=True, slots=True)
class Trial:
    """A machine with a clock, and the files of a new installation."""

    machine: Machine
    images: Images
    clock: time_machine.Traveller

    def lives(self, numbers: Sequence[int], *, lies: bool = False) -> Outcome:
        """Live these lives."""
        outcome = Outcome()
        for number in numbers:
            outcome.add(self.life(number, lies=lies))
        # Garbage is collected here, where no store is open. Within a life it would be collected at
        # moments that do not follow from the life's number, and apsw may then lose an error.
        gc.collect()
        return outcome

    def life(self, number: int, *, lies: bool = False, note: Note | None = None) -> Outcome:
        """Live one life."""
        outcome = Outcome()
        life = Life(number, self.machine, self.images, self.clock, lies=lies, note=note)
        try:
            life.live()
        except KeyboardInterrupt:
            raise
        except BaseException as failed:  # noqa: BLE001 (whatever it is: the life is broken)
            outcome.broken[number] = f"{type(failed).__name__}: {failed}".splitlines()[0]
            outcome.counts["found by " + _finder(failed)] += 1
            if note:
                note("".join(traceback.format_exception(failed)))
        outcome.counts.update(
            lives=1,
            cuts=life.cuts,
            refusals=life.refusals,
            steps=life.disk.steps,
            syncs=life.disk.syncs,
            answered=len(life.answers.sealed),
        )
        return outcome


def _finder(failed: BaseException) -> str:
    """Say who found a loss: the product by itself, its `verify`, or only the trial."""
    if isinstance(failed, RefusedError | DatabaseError):
        return "the product, which stopped"
    if isinstance(failed, BrokenError):
        return "verify" if str(failed).startswith("verify") else "what people were told"
    return "an error"


@contextmanager
def trial(machine: Machine) -> Iterator[Trial]:
    """Make the small house, and stop Python's clock and garbage collection."""
    house.furnish()
    gc.disable()
    traveller = time_machine.travel(house.BEGAN, tick=False)
    with simulated(machine.folder), repeatable(Random(0)):  # noqa: S311 (to be repeated)
        images = house.new_installation(machine)
    clock = traveller.start()
    gc.freeze()
    try:
        with simulated(machine.folder):
            yield Trial(machine, images, clock)
    finally:
        traveller.stop()
        gc.enable()


def live_all(
    on: Trial, numbers: range, *, workers: int, lies: bool, tell: Callable[[range, Outcome], None]
) -> Outcome:
    """Live all these lives, a piece at a time; `tell` hears of each piece, in order."""
    pieces = [numbers[first : first + PIECE] for first in range(0, len(numbers), PIECE)]
    outcome = Outcome()
    global _trial  # noqa: PLW0603 (what the forked workers inherit)
    _trial = (on, lies)
    # A worker keeps the disks of its lives, so it ends with its piece: 5,000 lives were 9 GB.
    with multiprocessing.get_context("fork").Pool(workers, maxtasksperchild=1) as pool:
        for piece, lived in zip(pieces, pool.imap(_live_piece, pieces), strict=True):
            outcome.add(lived)
            tell(piece, outcome)
    return outcome


_trial: tuple[Trial, bool] | None = None


def _live_piece(numbers: range) -> Outcome:
    if _trial is None:
        raise RuntimeError("a worker was not forked from a trial")
    on, lies = _trial
    return on.lives(numbers, lies=lies)


def lives_until_found(on: Trial, *, most: int, workers: int) -> Iterator[tuple[str, str]]:
    """Yield each planted fault, and in which life it shows and how; or nothing of `most`."""
    global _trial  # noqa: PLW0603 (as above)
    _trial = (on, False)
    with multiprocessing.get_context("fork").Pool(workers, maxtasksperchild=1) as pool:
        yield from pool.imap(_find, [(name, most) for name in planted.PLANTED])


def _find(asked: tuple[str, int]) -> tuple[str, str]:
    name, most = asked
    if _trial is None:
        raise RuntimeError("a worker was not forked from a trial")
    for number in range(most):
        with planted.PLANTED[name]():
            with_fault = _trial[0].life(number)
        if number % PIECE == 0 or with_fault.broken:
            gc.collect()
        # An error of the trial itself, or a life that breaks without the fault, finds nothing.
        if with_fault.broken and not with_fault.counts["found by an error"]:
            [words] = with_fault.broken.values()
            if not _trial[0].life(number).broken:
                return name, f"life {number}: {words}"
    return name, ""
