"""Worlds that are drawn, and who is shown what in each, compared with the oracle.

    .venv/bin/python -m tools.trials.oracle                        20 worlds of 100 rows
    .venv/bin/python -m tools.trials.oracle --whole [--postgres]   1,000 worlds of 1,000 rows
    .venv/bin/python -m tools.trials.oracle --world 17 --rows 100  one world again, as it was
    .venv/bin/python -m tools.trials.oracle --planted              find each planted fault

A row is an entry, a statement or an answer of it, or what gives somebody a right. The worlds are
divided among the processors. What is shown and not theirs, and what is theirs and not shown, is
told with the number of the world.
"""

import argparse
import multiprocessing
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tests.oracle.living import Stage

WORLDS, ROWS = 1_000, 1_000
FEW_WORLDS, FEW_ROWS = 20, 100
ROWS_OF_ENTRY: Final = 3.4  # an entry has its statements, and its share of what gives rights
PAGES: Final = 10  # of a hundred that are fetched over HTTP; reads are all asked


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of one world: how many rows it had, how many sets were compared, what differed."""

    seed: int
    rows: int
    sets: int
    wrong: tuple[str, ...]


def tried(stage: "Stage", seed: int, *, rows: int) -> Tried:
    """Draw a world, let it happen, and compare what each person is shown."""
    from tests.oracle.comparing import Counted, chosen, differences  # noqa: PLC0415 (after Django)
    from tests.oracle.drawing import Dice, draw  # noqa: PLC0415
    from tests.oracle.living import happened  # noqa: PLC0415

    dice, counted = Dice(seed), Counted()
    world = draw(dice, entries=max(4, round(rows / ROWS_OF_ENTRY)))
    with happened(world, stage) as lived:
        found = differences(lived, pages=chosen(dice, PAGES), counted=counted)
        wrong = tuple(str(wrong) for wrong in found)
    return Tried(seed, world.rows(), counted.sets, wrong)


def _work(share: tuple[Sequence[int], int, str]) -> list[Tried]:
    """Try a share of the worlds, in a process and an installation of its own."""
    seeds, rows, store = share
    return [tried(stage, seed, rows=rows) for stage in stages(store) for seed in seeds]


def stages(store: str) -> Iterator["Stage"]:
    """Yield one stage, in a new installation."""
    os.environ["CASEBOUND_TEST_STORE"] = store
    from tests import installation  # noqa: PLC0415 (it reads the store at once)

    if store == "postgres":
        installation.the_cluster().start()
        installation.the_cluster().create("casebound", "casebound_keyring", "casebound_derived")
    installation.prepare()
    from django.conf import settings  # noqa: PLC0415 (its settings name the installation)
    from django.core.management import call_command  # noqa: PLC0415

    from tests.made_up import MadeUp  # noqa: PLC0415
    from tests.oracle.living import Stage  # noqa: PLC0415

    settings.PASSWORD_HASHERS = ["tests.made_up.QuickHasher"]
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    for name in settings.DATABASES:
        call_command("migrate", database=name, verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    yield Stage.of(MadeUp())


def main(words: Sequence[str] | None = None) -> int:
    """Try worlds and print the figures."""
    parser = argparse.ArgumentParser(description="Who is shown what, compared with the oracle.")
    parser.add_argument("--whole", action="store_true", help=f"{WORLDS:,} worlds of {ROWS:,} rows")
    parser.add_argument("--worlds", type=int, default=FEW_WORLDS)
    parser.add_argument("--rows", type=int, default=FEW_ROWS)
    parser.add_argument("--first", type=int, default=0, help="the number of the first world")
    parser.add_argument("--world", type=int, help="one world alone")
    parser.add_argument("--planted", action="store_true", help="find each planted fault")
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args(words)
    store = "postgres" if asked.postgres else "sqlite"
    if asked.planted:
        return _planted(store)
    rows = ROWS if asked.whole else asked.rows
    count = WORLDS if asked.whole else asked.worlds
    seeds = [asked.world] if asked.world is not None else range(asked.first, asked.first + count)
    return _try(seeds, rows, store, workers=max(1, min(asked.workers, len(seeds))))


def _try(seeds: Sequence[int], rows: int, store: str, *, workers: int) -> int:
    began, done = time.monotonic(), list[Tried]()
    shares = [(seeds[number::workers], rows, store) for number in range(workers)]
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        for some in pool.imap_unordered(_work, shares):
            done += some
    wrong = [f"  world {world.seed}: {words}" for world in done for words in world.wrong]
    print(
        f"{len(done):,} worlds with {sum(world.rows for world in done):,} rows on {store}:"
        f" {sum(world.sets for world in done):,} sets compared, {len(wrong):,} wrong,"
        f" in {time.monotonic() - began:,.0f} s"
    )
    print("\n".join(wrong[:200]))
    return 1 if wrong else 0


def _planted(store: str) -> int:
    untold: set[str] = set()
    for stage in stages(store):
        from tests.oracle.drawing import Dice, draw  # noqa: PLC0415 (after Django)
        from tests.oracle.faults import FAULTS, told_in  # noqa: PLC0415

        untold = set(FAULTS)
        for seed in range(WORLDS):
            for name in told_in(draw(Dice(seed)), stage, sorted(untold)):
                print(f"world {seed} tells: {name}")
                untold.discard(name)
            if not untold:
                break
        print(f"{len(FAULTS) - len(untold)} of {len(FAULTS)} planted faults found")
    return 1 if untold else 0


if __name__ == "__main__":
    sys.exit(main())
