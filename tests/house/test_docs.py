"""The documentation leads where it says, and is about this house."""

import re
from pathlib import Path

import pytest

from tests.house.source import PACKAGE, ROOT, nothing

PAGES = tuple(sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]))
LINK = re.compile(r"\[[^\]]*\]\(([^)#:\s]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    nothing(
        target
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    )


def test_decisions_have_a_number_each_and_are_called_as_they_are_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    files = sorted(folder.glob("[0-9]*.md"))
    listed = (folder / "README.md").read_text(encoding="utf-8")

    assert len({file.name[:4] for file in files}) == len(files)
    for file in files:
        number, title = file.read_text(encoding="utf-8").splitlines()[0][2:].split(" ", 1)
        assert file.name.startswith(number)
        assert f"| [{number}]({file.name}) | {title} |" in listed


def test_the_drawing_of_the_house_names_every_room() -> None:
    drawn = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = {
        (path.parent.parent.name, path.parent.name)
        for path in PACKAGE.glob("*/*/__init__.py")
        if path.parent.parent.name != "config"
    }

    lines = {line.split("`")[1]: line for line in drawn.splitlines() if line.startswith("| `")}
    nothing(f"{wing}/{room}" for wing, room in rooms if room not in lines.get(wing, ""))


def test_every_dependency_has_its_line_in_the_decision() -> None:
    told = (ROOT / "docs" / "decisions" / "0010-dependencies.md").read_text(encoding="utf-8")
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = project.split("dependencies = [")[1].split("\n]")[0]

    nothing(
        name
        for name in re.findall(r'^\s*"([a-z0-9-]+)', listed, re.MULTILINE)
        if f"\n| {name}" not in told.lower()
    )
