"""What the command does, once Django stands on the simulated disk."""

import argparse
import json
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from tools.trials.power import running
from tools.trials.power.__main__ import WHOLE
from tools.trials.power.planted import PLANTED
from tools.trials.power.preparing import Machine
from tools.trials.power.running import Outcome, Trial

_LISTED = 10  # broken lives that are named


def run(machine: Machine, asked: argparse.Namespace) -> int:
    """Do what was asked. Return 1 if something broke that should not, or held that should not."""
    with running.trial(machine) as trial:
        if asked.life is not None:
            return _one(trial, asked)
        if asked.planted:
            return _planted(trial, most=asked.most, workers=asked.workers)
        return _many(trial, asked)


def _one(trial: Trial, asked: argparse.Namespace) -> int:
    with PLANTED[asked.with_fault]() if asked.with_fault else nullcontext():
        outcome = trial.life(asked.life, lies=asked.lies, note=print)
    print(f"life {asked.life}: {outcome.broken.get(asked.life, 'nothing was lost')}")
    return 1 if outcome.broken else 0


def _planted(trial: Trial, *, most: int, workers: int) -> int:
    missed = 0
    for name, found in running.lives_until_found(trial, most=most, workers=workers):
        missed += not found
        print(f"{name}: {found or f'not found in {most} lives'}", flush=True)
    print(f"{len(PLANTED) - missed} of {len(PLANTED)} planted faults found")
    return 1 if missed else 0


def _many(trial: Trial, asked: argparse.Namespace) -> int:
    count = WHOLE if asked.whole else asked.lives
    done, first = _resumed(asked.progress)
    first = max(first, asked.first)

    def tell(piece: range, outcome: Outcome) -> None:
        if asked.progress:
            so_far = Outcome(done.counts + outcome.counts, done.broken | outcome.broken)
            _keep(asked.progress, piece.stop, so_far)

    numbers = range(first, asked.first + count)
    lived = running.live_all(trial, numbers, workers=asked.workers, lies=asked.lies, tell=tell)
    done.add(lived)
    _print(done.counts, done.broken, lies=asked.lies)
    return 1 if done.broken and not asked.lies else 0


def _print(counts: Mapping[str, int], broken: Mapping[int, str], *, lies: bool) -> None:
    print(
        f"{counts['lives']:,} lives: {counts['cuts']:,} power cuts, {counts['refusals']:,} times no"
        f" room, {counts['steps']:,} steps of the disk, {counts['syncs']:,} syncs,"
        f" {counts['answered']:,} entries answered"
    )
    print(f"{len(broken):,} lives lost something that was answered, or could not go on")
    for number, words in [*broken.items()][:_LISTED]:
        print(f"  life {number}: {words}")
    for finder, count in sorted(counts.items()):
        if lies and finder.startswith("found by"):
            print(f"{count:,} {finder}")


def _resumed(progress: Path | None) -> tuple[Outcome, int]:
    if progress is None or not progress.exists():
        return Outcome(), 0
    kept: dict[str, Any] = json.loads(progress.read_text())
    outcome = Outcome()
    outcome.counts.update(kept["counts"])
    outcome.broken |= {int(number): words for number, words in kept["broken"].items()}
    return outcome, kept["next"]


def _keep(progress: Path, following: int, outcome: Outcome) -> None:
    part = progress.with_suffix(".part")
    kept = {"next": following, "counts": outcome.counts, "broken": outcome.broken}
    part.write_text(json.dumps(kept))
    part.replace(progress)
