"""The page that tells how to add a room is followed to the letter, in a scratch copy."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT

PAGE = ROOT / "docs" / "adding-a-room.md"
A_FILE = re.compile(r"^`(src/[^`\n]+)`\n\n```\w+\n(.*?)```$", re.MULTILINE | re.DOTALL)
NEEDED = ("src", "tests", "conftest.py", "pyproject.toml", ".importlinter")
LEFT_OUT = shutil.ignore_patterns("__pycache__", ".pytest_cache", "node_modules")
REGISTERED = {
    "src/casebound/config/rooms.py": (
        '    "casebound.record.drafting",\n',
        '    "casebound.record.drafting",\n    "casebound.record.drills",\n',
    ),
    "src/casebound/config/urls.py": (
        "urlpatterns = [\n",
        'urlpatterns = [\n    path("", include("casebound.record.drills.urls")),\n',
    ),
}


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project with the room of the page built into it."""
    copy = tmp_path_factory.mktemp("scratch")
    for name in NEEDED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=LEFT_OUT)
        else:
            shutil.copy(ROOT / name, copy / name)
    for name, text in A_FILE.findall(PAGE.read_text(encoding="utf-8")):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_text(text, encoding="utf-8")
    for name, (was, becomes) in REGISTERED.items():
        before = (copy / name).read_text(encoding="utf-8")
        assert before.count(was) == 1, name
        (copy / name).write_text(before.replace(was, becomes), encoding="utf-8")
    run(copy, "-m", "casebound", "makemigrations", "drills", "--name", "drills")
    return copy


def run(folder: Path, *words: str) -> str:
    """Run Python in the copy; return what it printed, or fail with it."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("CASEBOUND_", "DJANGO_", "PYTEST_"))
    }
    done = subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env={**environment, "PYTHONPATH": str(folder / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_room_of_the_page_works(scratch: Path) -> None:
    said = run(
        scratch, "-m", "pytest", "-q", "-p", "no:cacheprovider", "src/casebound/record/drills"
    )

    assert "4 passed" in said


def test_a_room_costs_two_lines_outside_itself(scratch: Path) -> None:
    grown = {
        name: (scratch / name).read_text().count("\n") - (ROOT / name).read_text().count("\n")
        for name in REGISTERED
    }

    assert sum(grown.values()) == 2
    assert all(name in PAGE.read_text(encoding="utf-8") for name in REGISTERED)


def test_the_room_of_the_page_keeps_to_the_import_plan(scratch: Path) -> None:
    linting = "from importlinter.cli import lint_imports_command as c; c()"

    assert "0 broken" in run(scratch, "-c", linting)


def test_the_room_of_the_page_keeps_the_walls_and_its_table_is_thought_about(
    scratch: Path,
) -> None:
    house = (
        "test_walls.py",
        "test_plan.py",
        "test_tables.py",
        "test_addresses.py",
        "test_decisions.py",
    )
    chosen = "handled or keys or alone or example or screens or decided"

    said = run(
        scratch, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", chosen,
        *(f"tests/house/{name}" for name in house),
    )  # fmt: skip

    assert "passed" in said
