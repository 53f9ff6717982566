"""Documents that run: a scratch copy of the project, changed as a page says."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from tests.house.source import ROOT

NEEDED: Final = ("src", "tests", "tools", "conftest.py", "pyproject.toml", ".importlinter")
LEFT_OUT: Final = shutil.ignore_patterns("__pycache__", ".pytest_cache", "node_modules")
# "`path`": a new file. "At the end of `path`": more of it. "In `path`": a difference.
A_FILE: Final = re.compile(
    r"^(At the end of |In )?`((?:src|tests)/[^`\n]+)`:?\n\n```\w+\n(.*?)```$",
    re.MULTILINE | re.DOTALL,
)


def copy_of_the_project(folder: Path) -> Path:
    """Copy what is needed to run tests into `folder`, and return it."""
    for name in NEEDED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=LEFT_OUT)
        else:
            shutil.copy(ROOT / name, folder / name)
    return folder


def follow(page: str, copy: Path) -> list[str]:
    """Change the copy as a page, or a part of one, says; return the files it touched."""
    touched = []
    for how, name, text in A_FILE.findall(page):
        file = copy / name
        if how == "In ":
            replace(file, *_sides(text))
        elif how:
            file.write_text(file.read_text(encoding="utf-8") + "\n" + text, encoding="utf-8")
        else:
            assert not file.exists(), f"{name} is there already"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        touched.append(name)
    return touched


def replace(file: Path, was: str, becomes: str) -> None:
    """Replace what stands in a file exactly once."""
    before = file.read_text(encoding="utf-8")
    assert before.count(was) == 1, f"{file.name} has this {before.count(was)} times:\n{was}"
    file.write_text(before.replace(was, becomes), encoding="utf-8")


def _sides(difference: str) -> tuple[str, str]:
    lines = [(line[:1], line[1:]) for line in difference.splitlines()]
    was = [text for sign, text in lines if sign != "+"]
    becomes = [text for sign, text in lines if sign != "-"]
    return "\n".join(was) + "\n", "\n".join(becomes) + "\n"


def run(folder: Path, *words: str) -> str:
    """Run Python in the copy; return what it printed, or fail with it."""
    done = attempt(folder, *words)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def attempt(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the copy."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("CASEBOUND_", "DJANGO_", "PYTEST_"))
    }
    return subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env={**environment, "PYTHONPATH": str(folder / "src")},
        capture_output=True,
        text=True,
        check=False,
    )


def run_tests(folder: Path, *words: str) -> str:
    """Run tests in the copy; return what pytest printed, or fail with it."""
    return run(folder, "-m", "pytest", "-q", "-p", "no:cacheprovider", *words)
