"""The page that tells how to add a room is followed to the letter, in a scratch copy."""

from pathlib import Path

import pytest

from tests.house.scratch import copy_of_the_project, follow, replace, run, run_tests
from tests.house.source import ROOT, nothing

PAGE = ROOT / "docs" / "adding-a-room.md"
HOUSE = (
    "test_walls.py", "test_plan.py", "test_tables.py", "test_addresses.py", "test_decisions.py",
    "test_rebuilding.py", "test_remaking.py",
)  # fmt: skip
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
    copy = copy_of_the_project(tmp_path_factory.mktemp("scratch"))
    follow(PAGE.read_text(encoding="utf-8"), copy)
    for name, (was, becomes) in REGISTERED.items():
        replace(copy / name, was, becomes)
    run(copy, "-m", "casebound", "makemigrations", "drills", "--name", "drills")
    return copy


@pytest.fixture(scope="module")
def said(scratch: Path) -> str:
    """Return what the room's tests and the house tests say of the room, in one run."""
    chosen = (
        "drills or handled or keys or alone or example or screens or decided or declares or reaches"
    )
    files = (f"tests/house/{name}" for name in HOUSE)
    return run_tests(scratch, "-rp", "-k", chosen, "src/casebound/record/drills", *files)


def test_the_room_of_the_page_works(said: str) -> None:
    assert said.count("PASSED src/casebound/record/drills/") == 4


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


def test_the_room_of_the_page_keeps_the_walls_and_its_table_is_thought_about(said: str) -> None:
    nothing(name for name in HOUSE if f"PASSED tests/house/{name}::" not in said)
