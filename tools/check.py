"""Check everything there is to check; `./run test` ends up here.

The last line is `N passed, N failed`: all tests of all runs, and each other check as one. With
arguments, only pytest runs, with exactly these.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent

# What a person may ask the tests for: the store, pictures, the count of taps.
ASKED_FOR = frozenset(
    {"CASEBOUND_TEST_STORE", "CASEBOUND_PICTURES", "CASEBOUND_TAPS", "CASEBOUND_PIN_ROWS"}
)


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


CHECKS = (
    Check("format", ("-m", "ruff", "format", "--check", ".")),
    Check("lint", ("-m", "ruff", "check", ".")),
    Check("types", ("-m", "mypy")),
    Check("import plan", ("-c", "from importlinter.cli import lint_imports_command as c; c()")),
    Check("migrations", ("tools/migrations.py",)),
    Check("tests on SQLite", ("-m", "pytest", "-m", "not browser"), tests=True),
    Check(
        "tests on PostgreSQL",
        ("-m", "pytest", "-m", "not browser"),
        tests=True,
        env={"CASEBOUND_TEST_STORE": "postgres"},
    ),
    Check("browser", ("-m", "pytest", "-m", "browser"), tests=True),
)


def main(words: Sequence[str]) -> int:
    """Run all checks, or pytest alone; return the exit code."""
    environment = plain(os.environ)
    if words:
        here = Path.cwd()
        os.chdir(here if here.is_relative_to(ROOT) else ROOT)
        os.execve(sys.executable, [sys.executable, "-m", "pytest", *words], environment)  # noqa: S606
    os.chdir(ROOT)
    missing = missing_packages()
    if missing:
        print(
            f"run: these tests need more from the system: {', '.join(missing)}.\n"
            f"     On Debian or Ubuntu: sudo apt-get install {' '.join(missing)}\n"
            "     A suite that skips its browser or its PostgreSQL has not passed.\n"
            f"0 passed, {len(missing)} failed"
        )
        return 1
    outcomes = [run(check, environment) for check in CHECKS]
    return summarise(outcomes)


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


def run(check: Check, environment: Mapping[str, str]) -> Outcome:
    """Run one check and count."""
    print(f"\n── {check.name}", flush=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="casebound-check-") as folder:
        report = Path(folder) / "report.xml"
        counting = [f"--junit-xml={report}"] if check.tests else []
        code = subprocess.run(
            [sys.executable, *check.words, *counting],
            env={**environment, **check.env},
            check=False,
        ).returncode
        passed, failed, skipped = count(report) if report.exists() else (0, 0, 0)
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
    for one in outcomes:
        word = "failed" if one.failed else "passed"
        counts = f"{one.passed:>5} passed {one.failed:>4} failed"
        print(f"{one.name:<20} {word}  {counts} {one.seconds:>6.0f} s")
    passed, failed = sum(one.passed for one in outcomes), sum(one.failed for one in outcomes)
    skipped = sum(one.skipped for one in outcomes)
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
