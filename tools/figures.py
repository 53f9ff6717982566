"""Count what this house costs its developers, and print it as the table of `docs/figures.md`.

    .venv/bin/python tools/figures.py             # this tree
    .venv/bin/python tools/figures.py ../other    # another one, with this Python

What is counted, and how:

- lines of product and of tests: lines of Python that are not empty, migrations left out;
- template lines over 200 characters;
- places to touch: the files outside its own that name one example of a form, a clock, a role and a
  room, without tests. It is a measure that anybody can repeat, not a count of what must be typed:
  `docs/changing-something.md` and `docs/adding-a-room.md` say that, and are tested;
- functions on the way of a seal: ours, each counted once, from the button to the answer
  (`tools/trace_a_seal.py`), and of these what lies inside the action `sign_draft`;
- median set-up and call: over the tests of a few rooms (`SAMPLE`), on SQLite, one after the other;
- seconds of the whole run: what the last `./run test` here wrote to `.last-run.json`.
"""

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
LONG = 200
SAMPLE = ("src/casebound/reading/chronology", "src/casebound/record/followups")
EXAMPLES = {
    "a form": (r"\bfire_drill\b", "fire_drill"),
    "a clock": (r"\bnotice/discharge\b", "notice/discharge"),
    "a role": (r"\bdeputy_manager\b|\bDEPUTY_MANAGER\b", "deputy_manager"),
    "a room": (r"\breading[./]handover\b|\"handover[:\"]", "handover"),
}
DURATION = re.compile(r"^\s*([0-9.]+)s (setup|call)\s", re.MULTILINE)


def main(words: list[str]) -> None:
    """Print the table."""
    tree = Path(words[0]).resolve() if words else HERE.parent
    for what, figure in figures(tree):
        print(f"| {what} | {figure} |", flush=True)


def figures(tree: Path) -> Iterator[tuple[str, str]]:
    """Yield each figure of a tree, with what it is."""
    written = python_files(tree)
    for what, of_tests in (("product", False), ("tests", True)):
        files = [file for file in written if is_test(file.relative_to(tree)) == of_tests]
        yield f"lines of {what}", f"{sum(lines(file) for file in files):,} in {len(files)} files"
    long, every = template_lines(tree)
    yield f"template lines over {LONG} characters", f"{long:,} of {every:,}"
    for what, (pattern, name) in EXAMPLES.items():
        yield f"files that name {what} (`{name}`)", str(len(naming(tree, pattern, name)))
    for what, (functions, modules) in walked(tree).items():
        yield f"functions on the way of a seal, {what}", f"{functions} in {modules} files"
    for what, seconds in medians(tree).items():
        yield f"median {what} of a test", f"{seconds * 1000:.0f} ms"
    last = tree / ".last-run.json"
    if last.exists():
        yield "seconds of the whole run", f"{json.loads(last.read_text())['seconds']:.0f}"


def python_files(tree: Path) -> list[Path]:
    """Return every file of Python that somebody wrote, but no migration."""
    folders = [tree / name for name in ("src", "tests", "verify", "tools", "frontend")]
    found = (file for folder in folders for file in folder.rglob("*.py"))
    return sorted(file for file in found if not {"node_modules", "migrations"} & set(file.parts))


def is_test(file: Path) -> bool:
    """Say whether a file is of the tests."""
    return "tests" in file.parent.parts


def lines(file: Path) -> int:
    """Return how many lines of a file are not empty."""
    return sum(bool(line.strip()) for line in file.read_text().splitlines())


def template_lines(tree: Path) -> tuple[int, int]:
    """Return how many lines of templates are too long, of how many."""
    written = [line for file in templates(tree) for line in file.read_text().splitlines()]
    return sum(len(line) > LONG for line in written), len(written)


def templates(tree: Path) -> list[Path]:
    """Return every template."""
    return sorted((tree / "src").rglob("*.html"))


def naming(tree: Path, pattern: str, name: str) -> list[Path]:
    """Return the files of the product that match, but for the example's own."""
    kinds = ("*.py", "*.html", "*.toml", ".importlinter")
    found = (file for kind in kinds for file in (tree / "src").rglob(kind))
    return [
        file
        for file in [*found, tree / ".importlinter"]
        if not {"tests", "migrations", "story"} & set(file.relative_to(tree).parts)
        and name not in file.relative_to(tree).with_suffix("").parts
        and re.search(pattern, file.read_text())
    ]


def walked(tree: Path) -> dict[str, tuple[int, int]]:
    """Return how many functions and files a seal walks, in the whole request and in the action."""
    script = tree / "tools" / "trace_a_seal.py"
    if not script.exists():
        shutil.copy(HERE / script.name, script)
    with tempfile.TemporaryDirectory(prefix="casebound-figures-") as folder:
        answer = Path(folder) / "trace.json"
        pytest(tree, str(script), FIGURES_TRACE=str(answer))
        traced = json.loads(answer.read_text())
    return {"the whole request": traced["request"], "the action alone": traced["action"]}


def medians(tree: Path) -> dict[str, float]:
    """Return the median seconds of a test's set-up and call, over the sample."""
    said = pytest(tree, *SAMPLE, "-m", "not browser", "-vv", "--durations=0", "--durations-min=0")
    times: dict[str, list[float]] = {"setup": [], "call": []}
    for seconds, phase in DURATION.findall(said):
        times[phase].append(float(seconds))
    return {"set-up": statistics.median(times["setup"]), "call": statistics.median(times["call"])}


def pytest(tree: Path, *words: str, **more: str) -> str:
    """Run some tests of a tree on SQLite and return what pytest printed."""
    environment = {name: value for name, value in os.environ.items() if "CASEBOUND" not in name}
    return subprocess.run(
        [sys.executable, "-m", "pytest", *words],
        cwd=tree,
        env={**environment, **more},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout


if __name__ == "__main__":
    main(sys.argv[1:])
