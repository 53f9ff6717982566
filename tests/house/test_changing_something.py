"""The page that tells how to change something is followed to the letter, in a scratch copy."""

import re
import shutil
from pathlib import Path

import pytest

from tests.house.scratch import attempt, copy_of_the_project, follow, replace, run, run_tests
from tests.house.source import ROOT

PAGE = (ROOT / "docs" / "changing-something.md").read_text(encoding="utf-8")
FORMS = "src/casebound/rulebook/catalogue/forms"
PARTS = {part.splitlines()[0]: part for part in PAGE.split("\n## ")[1:]}
ROWS = "tests/house/test_projection_versions.py"


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project with all changes of the page made."""
    copy = copy_of_the_project(tmp_path_factory.mktemp("changed"))
    follow(PAGE, copy)
    shutil.copy(ROOT / "tests" / "house" / "changes_shown.py", copy / "tests" / "test_shown.py")
    run(copy, "-m", "casebound", "makemigrations", "glossary", "--name", "page")
    return copy


def test_the_changes_of_the_page_hold_and_nothing_shipped_changed(changed: Path) -> None:
    chosen = "daily_log or handover or key or in_place or term or night or april or outrank"

    said = run_tests(
        changed, "-k", chosen, "tests/test_shown.py", "tests/house/test_shipped.py",
        "tests/house/test_roles.py", "src/casebound/rulebook/catalogue/tests/test_forms.py",
        "src/casebound/rulebook/clocks", "src/casebound/people/rights",
    )  # fmt: skip

    assert "passed" in said


@pytest.mark.parametrize(
    ("part", "most"),
    [("1. A question", 1), ("2. A clock", 1), ("3. A duty", 4), ("5. A role", 1)],
)
def test_a_change_touches_few_files(part: str, most: int) -> None:
    [text] = [words for title, words in PARTS.items() if title.startswith(part)]
    touched = set(re.findall(r"^(?:At the end of |In )?`(src/[^`]+)`:?$", text, re.MULTILINE))

    assert 1 <= len(touched) <= most


@pytest.fixture(scope="module")
def mistaken(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return what the tests say of a copy in which three mistakes were made."""
    copy = copy_of_the_project(tmp_path_factory.mktemp("mistaken"))
    replace(
        copy / FORMS / "daily_log.1.toml",
        '[[fields]]\nname = "health"\n',
        '[[fields]]\nname = "screens"\ntype = "text"\nlabel = "Time on screens"\n\n'
        '[[fields]]\nname = "health"\n',
    )
    glossary = copy / "src/casebound/rulebook/glossary/projections.py"
    replace(
        glossary, "        why=fact.why,\n", '        why=fact.why or "No reason was given.",\n'
    )
    rights = copy / "src/casebound/people/rights/rights.toml"
    [role] = re.findall(r"```toml\n(.*?)```", PAGE.split("## 5. A role")[1], re.DOTALL)
    rights.write_text(
        f"{rights.read_text(encoding='utf-8')}\n{role.replace('= 5', '= 45')}", encoding="utf-8"
    )
    house = (ROWS, "tests/house/test_shipped.py", "tests/house/test_roles.py")
    done = attempt(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", *house)
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize(
    "named",
    [
        "daily_log.1: this version of the form was shipped",
        "make daily_log.2.toml with `extends = 1`",
        "glossary: its rows come out differently, and its version is 1 as before",
        "waking_night (45) stands above senior (30), which may do more",
    ],
)
def test_a_planted_mistake_is_caught_by_name(mistaken: str, named: str) -> None:
    assert named in mistaken
