"""The page that tells how to add a room is followed to the letter, in a scratch copy."""

from pathlib import Path

import pytest

from tests.house.scratch import copy_of_the_project, follow, replace, run, run_tests
from tests.house.source import ROOT

PAGE = ROOT / "docs" / "adding-a-room.md"
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


def test_the_room_of_the_page_works(scratch: Path) -> None:
    said = run_tests(scratch, "src/casebound/record/drills")

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

    said = run_tests(scratch, "-k", chosen,
        *(f"tests/house/{name}" for name in house),
    )  # fmt: skip

    assert "passed" in said
