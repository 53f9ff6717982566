"""`./run bench`: measures this house beside what a good team would build by hand.

Nothing here is part of what is released: it stands on the tests' throw-away PostgreSQL.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from casebound.foundation.base.times import LONDON, day_in_words
from tests.postgres import NoPostgresError
from tools.bench import machine
from tools.bench.figures import Figure, short_table, table
from tools.bench.scratch import Store
from tools.bench.subjects import FULL, QUICK, SUBJECTS, measured

STORES: dict[str, tuple[Store, ...]] = {
    "sqlite": ("sqlite",),
    "postgres": ("postgres",),
    "both": ("sqlite", "postgres"),
}


def main(words: Sequence[str]) -> None:
    """Measure, in scratch installations of its own, and print the table."""
    asked = parsed(words)
    size = QUICK if asked.quick else FULL
    about, began = machine.described(), time.monotonic()
    figures: list[Figure] = []
    for name in asked.names or SUBJECTS:
        for store in STORES[asked.store]:
            print(f"{name} on {store} …", file=sys.stderr, flush=True)
            figures += measured(name, store, size)
    if asked.json:
        print(json.dumps({"machine": about, "figures": [asdict(figure) for figure in figures]}))
        return
    minutes = (time.monotonic() - began) / 60
    written = short_table(figures) if asked.table else table(figures)
    day = day_in_words(datetime.now(LONDON).date())
    print(f"{day}. {about}\n\n{written}\n\n{minutes:.1f} minutes.")


def parsed(words: Sequence[str]) -> argparse.Namespace:
    """Read what to measure, where and how much."""
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", choices=[[], *SUBJECTS], metavar="NAME",
                        help=f"which of {', '.join(SUBJECTS)}; all if none")  # fmt: skip
    parser.add_argument("--store", choices=list(STORES), default="both")
    parser.add_argument("--quick", action="store_true", help="a minute or two, and rough")
    parser.add_argument("--table", action="store_true",
                        help="the table of docs/performance.md: what has a target")  # fmt: skip
    parser.add_argument("--json", action="store_true")
    return parser.parse_args(words)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except NoPostgresError as missing:
        sys.exit(f"{missing}\nOr measure SQLite alone: --store sqlite")
