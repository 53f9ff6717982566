"""Ask whether a package that casebound installs has a known weakness: where there is a network.

    .venv/bin/python tools/advisories.py

Exit code 0: none is known of any. 1: some are, and they are named. 2: it could not be asked of
some, and nothing is known of the others; a night without an answer is no good news. It installs
`pip-audit`, by hash, into an environment of its own, and uses npm's own audit for the front end.
"""

import json
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ROOT / "locks"
NONE, SOME, NOT_ASKED = 0, 1, 2
SECONDS = 300


@dataclass(slots=True)
class Answer:
    """What was found out: weaknesses in words, and what could not be asked, with the reason."""

    weak: list[str] = field(default_factory=list)
    unasked: list[str] = field(default_factory=list)
    asked: int = 0

    @property
    def exit_code(self) -> int:
        """A weakness counts before a question that stayed open."""
        return SOME if self.weak else NOT_ASKED if self.unasked else NONE


def main() -> int:
    """Ask about the locks of Python and of the front end, say what came of it."""
    answer = Answer()
    with tempfile.TemporaryDirectory() as folder:
        try:
            audit = _auditor(Path(folder))
        except (OSError, subprocess.SubprocessError):
            answer.unasked.append("locks: pip-audit could not be installed")
        else:
            for lock in sorted(LOCKS.glob("*.txt")):
                read_python(lock.name, _run([str(audit), "-r", str(lock), *_AUDIT]), answer)
    read_npm(_npm(), answer)
    print("\n".join(words(answer)))
    return answer.exit_code


_AUDIT = ("--require-hashes", "--disable-pip", "-f", "json", "--progress-spinner", "off")


def read_python(lock: str, told: str, answer: Answer) -> None:
    """Add what pip-audit told (JSON) of a lock; no JSON means that it could not ask."""
    try:
        packages = json.loads(told)["dependencies"]
    except (ValueError, KeyError, TypeError):
        answer.unasked.append(f"{lock}: no answer")
        return
    skipped = [package["name"] for package in packages if "skip_reason" in package]
    if skipped:
        answer.unasked.append(f"{lock}: {len(skipped)} packages, such as {skipped[0]}")
    answer.asked += len(packages) - len(skipped)
    answer.weak += [
        f"{lock}: {package['name']} {package['version']}: {weakness['id']}"
        + (f", mended in {', '.join(fixed)}" if (fixed := weakness["fix_versions"]) else "")
        for package in packages
        for weakness in package.get("vulns", ())
    ]


def read_npm(told: str, answer: Answer) -> None:
    """Add what `npm audit --json` told of the front end."""
    try:
        report = json.loads(told)
        found = report["vulnerabilities"]
    except (ValueError, KeyError, TypeError):
        answer.unasked.append("frontend/package-lock.json: no answer")
        return
    answer.asked += report["metadata"]["dependencies"]["total"]
    answer.weak += [f"frontend: {name}: {entry['severity']}" for name, entry in found.items()]


def words(answer: Answer) -> Iterator[str]:
    """Say it in lines."""
    yield f"{answer.asked} packages were asked about, {len(answer.weak)} weaknesses are known."
    yield from answer.weak
    if answer.unasked:
        yield "It could not be asked of these. Run it where there is a network:"
        yield from answer.unasked


def _auditor(folder: Path) -> Path:
    venv.create(folder, with_pip=True)
    install = ("-m", "pip", "install", "-q", "--require-hashes", "--no-deps", "--only-binary=:all:")
    subprocess.run(
        [str(folder / "bin" / "python"), *install, "-r", str(LOCKS / "advisories.txt")],
        check=True,
        capture_output=True,
        timeout=SECONDS,
    )
    return folder / "bin" / "pip-audit"


def _npm() -> str:
    npm = Path(sys.executable).parent / "npm"
    return _run([str(npm), "audit", "--json", "--package-lock-only"], folder=ROOT / "frontend")


def _run(command: list[str], *, folder: Path = ROOT) -> str:
    """Return what a command printed; empty if it could not be run, or took too long."""
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
