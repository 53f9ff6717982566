"""Pin what a release ships: write the digests of new form versions and clocks into the file.

    .venv/bin/python tools/pin.py                       # adds what is new
    .venv/bin/python tools/pin.py --replace daily_log.1 # only for what no home can have used yet

It never changes a digest that is there, unless that one is named.
"""

import sys
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from casebound.rulebook.shipped import Shipped, changed_in_place, not_pinned, present, shipped

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "src" / "casebound" / "rulebook" / "shipped.toml"
HEAD = """\
# The digest of each version of each form and clock that was shipped, up to this release: a change
# in place fails tests/house/test_shipped.py, which says what to do. Written by tools/pin.py.
"""


def main(words: list[str]) -> int:
    """Add what is new; refuse while something shipped was changed."""
    replaced = words[1:] if words[:1] == ["--replace"] else []
    if words and not replaced:
        print(__doc__)
        return 2
    release = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "version"
    ]
    then, now = shipped(), present(release)
    unknown = set(replaced) - {*now.forms, *now.clocks}
    kept = Shipped(then.release, _without(then.forms, replaced), _without(then.clocks, replaced))
    problems = [f"{name}: there is no such form or clock" for name in sorted(unknown)]
    problems += changed_in_place(kept, now)
    if problems:
        print("\n".join(problems))
        return 1
    new = not_pinned(kept, now)
    FILE.write_text(_written(now), encoding="utf-8")
    print("\n".join([f"pinned {name}" for name in new] or ["Nothing new to pin."]))
    return 0


def _without(pins: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    return {name: digest for name, digest in pins.items() if name not in set(names)}


def _written(now: Shipped) -> str:
    lines = [HEAD, f'release = "{now.release}"']
    for title, pins in (("forms", now.forms), ("clocks", now.clocks)):
        lines += ["", f"[{title}]"]
        lines += [f'"{name}" = "{digest}"' for name, digest in sorted(pins.items())]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
