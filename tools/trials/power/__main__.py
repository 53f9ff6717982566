"""`python -m tools.trials.power`: lives on a disk whose power is cut. See docs/trials.md."""

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from tools.trials.power.preparing import prepare

WHOLE = 1_000_000


def main(words: Sequence[str]) -> int:
    """Live the lives that were asked for, and print what came of them."""
    asked = parsed(words)
    with tempfile.TemporaryDirectory(prefix="casebound-power-") as keys:
        machine = prepare(Path(keys))
        commands = import_module("tools.trials.power.commands")  # needs Django, set up
        began = time.monotonic()
        code: int = commands.run(machine, asked)
        print(f"{time.monotonic() - began:.1f} seconds.")
    return code


def parsed(words: Sequence[str]) -> argparse.Namespace:
    """Read what to live."""
    parser = argparse.ArgumentParser(prog="python -m tools.trials.power", description=__doc__)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--lives", type=int, default=10_000, help="how many; 10,000 if not said")
    what.add_argument("--whole", action="store_true", help=f"{WHOLE:,} lives")
    what.add_argument("--life", type=int, help="one life, and every step of it")
    what.add_argument("--planted", action="store_true", help="find each planted fault")
    parser.add_argument("--first", type=int, default=0, help="the number of the first life")
    parser.add_argument("--lies", action="store_true", help="the disk says it synced, and did not")
    parser.add_argument("--with-fault", metavar="NAME", help="live --life with a planted fault")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--most", type=int, default=1000, help="lives to find a fault in")
    parser.add_argument("--progress", type=Path, help="a file; the next call with it goes on")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
