"""Check everything there is to check; `./run test` and `./run check` end up here.

    tools/check.py test                  every check, then all tests on both stores and the browser
    tools/check.py test ARGUMENTS        only pytest, with exactly these
    tools/check.py check                 what takes under a minute: all but most of the tests
    tools/check.py check --clocks        all tests but the browser's, at each hard moment in turn

The last line is `N passed, N failed`: all tests of all runs, and each other check as one. All
processors are used: the quick checks run side by side, and each run of the tests has a worker for
each processor. How long it took is left in `.last-run.json`.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent

# What a person may ask the tests for: the store, the clock, pictures, the count of taps, new pins,
# how many histories of saving are drawn, and how much nonsense is sent.
ASKED_FOR = frozenset(
    f"CASEBOUND_{name}"
    for name in ("TEST_STORE", "TEST_CLOCK", "PICTURES", "TAPS", "PIN_ROWS", "HISTORIES", "FUZZ")
)
LAST_RUN = ROOT / ".last-run.json"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to run. With `tests`, it is pytest, and its tests are counted."""

    name: str
    words: Sequence[str]
    tests: bool = False
    env: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a check."""

    name: str
    passed: int
    failed: int
    skipped: int
    seconds: float


AT_ONCE = max(2, os.cpu_count() or 2)
# The workers take tests from each other towards the end, so that none is idle.
TESTS = ("-m", "pytest", "--quiet", "-n", str(AT_ONCE), "--dist", "worksteal")
NO_BROWSER = (*TESTS, "-m", "not browser")
ON_POSTGRES = {"CASEBOUND_TEST_STORE": "postgres"}

QUICK = (
    Check("types", ("-m", "mypy")),
    Check("format", ("-m", "ruff", "format", "--check", ".")),
    Check("lint", ("-m", "ruff", "check", ".")),
    Check("import plan", ("-c", "from importlinter.cli import lint_imports_command as c; c()")),
    Check("migrations", ("tools/migrations.py",)),
)
# A file's tests stay together: some share a scratch copy of the project.
HOUSE = Check("house", (*NO_BROWSER, "--dist", "loadfile", "tests/house"), tests=True)
ALL_TESTS = (
    Check("tests on SQLite", NO_BROWSER, tests=True),
    Check("tests on PostgreSQL", NO_BROWSER, tests=True, env=ON_POSTGRES),
    Check("browser", (*TESTS, "-m", "browser"), tests=True),
)


def main(words: Sequence[str]) -> int:
    """Run the checks that are asked for, or pytest alone; return the exit code."""
    verb, *rest = words or ("test",)
    environment = plain(os.environ)
    if verb == "test" and rest:
        here = Path.cwd()
        os.chdir(here if here.is_relative_to(ROOT) else ROOT)
        os.execve(sys.executable, [sys.executable, "-m", "pytest", *rest], environment)  # noqa: S606
    os.chdir(ROOT)
    if verb == "check":
        if rest == ["--clocks"]:
            return summarise([run(check, environment) for check in at_hard_moments()])
        if rest:
            print(f"run: check knows “--clocks” and no other word, not “{' '.join(rest)}”.")
            return 2
        return summarise(side_by_side((HOUSE, *QUICK), environment))
    missing = missing_packages()
    if missing:
        print(
            f"run: these tests need more from the system: {', '.join(missing)}.\n"
            f"     On Debian or Ubuntu: sudo apt-get install {' '.join(missing)}\n"
            "     A suite that skips its browser or its PostgreSQL has not passed.\n"
            f"0 passed, {len(missing)} failed"
        )
        return 1
    began = time.monotonic()
    outcomes = side_by_side(QUICK, environment)
    outcomes += [run(check, environment) for check in ALL_TESTS]
    keep(outcomes, seconds=time.monotonic() - began)
    return summarise(outcomes)


def at_hard_moments() -> Iterator[Check]:
    """Yield a run of the tests on SQLite for each hard moment."""
    sys.path.insert(0, str(ROOT))
    from tests.hard_moments import HARD  # noqa: PLC0415 (this file is started by its path)

    for name, begins in HARD.items():
        env = {"CASEBOUND_TEST_CLOCK": begins}
        yield Check(f"tests at {name}", NO_BROWSER, tests=True, env=env)


def side_by_side(checks: Sequence[Check], environment: Mapping[str, str]) -> list[Outcome]:
    """Run checks, one on each processor, and print what each said when it is done."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(lambda check: run(check, environment, quietly=True), checks))


def keep(outcomes: Sequence[Outcome], *, seconds: float) -> None:
    """Leave how long a whole run took, for `tools/figures.py`."""
    each = {outcome.name: round(outcome.seconds) for outcome in outcomes}
    LAST_RUN.write_text(json.dumps({"seconds": round(seconds), "each": each}, indent=1) + "\n")


def plain(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for the checks: nothing of somebody's own, no colour in CI."""
    kept = {
        name: value
        for name, value in environment.items()
        if not name.startswith(("CASEBOUND_", "DJANGO_")) or name in ASKED_FOR
    }
    if kept.get("CI") == "true":
        for name in ("FORCE_COLOR", "PY_COLORS", "CLICOLOR_FORCE", "MYPY_FORCE_COLOR"):
            kept.pop(name, None)
        kept |= {"NO_COLOR": "1", "TERM": "dumb"}
    return kept


def has_postgres() -> bool:
    """Say whether there is a PostgreSQL server to start."""
    sys.path.insert(0, str(ROOT))
    from tests import postgres  # noqa: PLC0415 (this file is started by its path)

    try:
        postgres.binaries()
    except postgres.NoPostgresError:
        return False
    return True


NEEDED: dict[str, Callable[[], bool]] = {
    "chromium": lambda: bool(shutil.which("chromium") or shutil.which("chromium-browser")),
    "postgresql": has_postgres,
    "pgbouncer": lambda: bool(shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")),
    "default-jre-headless": lambda: bool(shutil.which("java")),
    "poppler-utils": lambda: bool(shutil.which("pdftotext")),
}


def missing_packages() -> list[str]:
    """Return which system packages are missing, after installing them where that is allowed."""
    missing = [package for package, is_there in NEEDED.items() if not is_there()]
    if not missing or os.geteuid() != 0 or not shutil.which("apt-get"):
        return missing
    print(f"Installing {', '.join(missing)} …", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "-y", "--no-install-recommends", *missing]):
        done = subprocess.run(
            ["apt-get", "-q", *words], env=quiet, capture_output=True, text=True, check=False
        )
        if done.returncode:
            print(done.stderr.strip(), file=sys.stderr)
    return [package for package in missing if not NEEDED[package]()]


def run(check: Check, environment: Mapping[str, str], *, quietly: bool = False) -> Outcome:
    """Run one check and count. `quietly`, what it says is printed at its end and in one piece."""
    if not quietly:
        print(f"\n── {check.name}", flush=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="casebound-check-") as folder:
        report = Path(folder) / "report.xml"
        counting = [f"--junit-xml={report}"] if check.tests else []
        done = subprocess.run(
            [sys.executable, *check.words, *counting],
            env={**environment, **check.env},
            stdout=subprocess.PIPE if quietly else None,
            stderr=subprocess.STDOUT if quietly else None,
            text=True,
            check=False,
        )
        code = done.returncode
        passed, failed, skipped = count(report) if report.exists() else (0, 0, 0)
    if quietly:
        print(f"\n── {check.name}\n{done.stdout}", end="", flush=True)
    if not check.tests:
        passed = int(code == 0)
    if code and not failed:  # it fell over, or there was nothing to run
        failed = 1
    return Outcome(check.name, passed, failed, skipped, time.monotonic() - began)


def count(report: Path) -> tuple[int, int, int]:
    """Return how many tests of a report passed, failed and were skipped."""
    suites = ElementTree.parse(report).getroot().iter("testsuite")  # noqa: S314 (our own file)
    passed = failed = skipped = 0
    for suite in suites:
        wrong = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        left = int(suite.get("skipped", 0))
        passed += int(suite.get("tests", 0)) - wrong - left
        failed += wrong
        skipped += left
    return passed, failed, skipped


def summarise(outcomes: Sequence[Outcome]) -> int:
    """Print a line for each check and one for all; return the exit code."""
    print("\n── all checks")
    for outcome in outcomes:
        word = "failed" if outcome.failed else "passed"
        counts = f"{outcome.passed:>5} passed {outcome.failed:>4} failed"
        print(f"{outcome.name:<20} {word}  {counts} {outcome.seconds:>6.0f} s")
    passed = sum(outcome.passed for outcome in outcomes)
    failed = sum(outcome.failed for outcome in outcomes)
    skipped = sum(outcome.skipped for outcome in outcomes)
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
