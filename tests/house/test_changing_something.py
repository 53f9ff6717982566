"""The page that tells how to change something is followed to the letter, in a scratch copy."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.house.scratch import attempt, copy_of_the_project, follow, replace, run_tests
from tests.house.source import ROOT

PAGE = (ROOT / "docs" / "changing-something.md").read_text(encoding="utf-8")
FORMS = "src/casebound/rulebook/catalogue/forms"
PARTS = {part.splitlines()[0]: part for part in PAGE.split("\n## ")[1:]}
HOUSE = ("tests/house/test_shipped.py", "tests/house/test_roles.py")
ROWS = "tests/house/test_projection_versions.py"
GLOSSARY = "src/casebound/rulebook/glossary/projections.py"
RIGHTS = "src/casebound/people/rights/rights.toml"
# In the process that then runs the tests: to start another takes longer than to write a migration.
MIGRATION = """
from django.core.management import call_command
from pytest_django.plugin import blocking_manager_key

def pytest_sessionstart(session):
    with session.config.stash[blocking_manager_key].unblock():
        call_command("makemigrations", "glossary", "--name", "page", verbosity=0)
"""


@dataclass(frozen=True)
class Tried:
    """What the tests said in a scratch copy, with the mistakes and with the changes of the page."""

    mistaken: str
    changed: str


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Tried:
    """Try the mistakes first, take them back, and then follow the page, all in one copy."""
    copy = copy_of_the_project(tmp_path_factory.mktemp("changed"))
    mistaken = say_of_mistakes(copy)
    for name in (f"{FORMS}/daily_log.1.toml", GLOSSARY, RIGHTS):
        shutil.copy(ROOT / name, copy / name)
    return Tried(mistaken, say_of_changes(copy))


def say_of_mistakes(copy: Path) -> str:
    """Make three mistakes, and return what the tests say. They need tables, and no triggers."""
    replace(
        copy / FORMS / "daily_log.1.toml",
        '[[fields]]\nname = "health"\n',
        '[[fields]]\nname = "screens"\ntype = "text"\nlabel = "Time on screens"\n\n'
        '[[fields]]\nname = "health"\n',
    )
    replace(
        copy / GLOSSARY, "        why=fact.why,\n",
        '        why=fact.why or "No reason was given.",\n',
    )  # fmt: skip
    rights = copy / RIGHTS
    [role] = re.findall(r"```toml\n(.*?)```", PAGE.split("## 5. A role")[1], re.DOTALL)
    rights.write_text(
        f"{rights.read_text(encoding='utf-8')}\n{role.replace('= 5', '= 45')}", encoding="utf-8"
    )
    quiet = ("-q", "-p", "no:cacheprovider", "--no-migrations")
    done = attempt(copy, "-m", "pytest", *quiet, ROWS, *HOUSE)
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout


def say_of_changes(copy: Path) -> str:
    """Make all changes of the page, and return what the tests say."""
    follow(PAGE, copy)
    shutil.copy(ROOT / "tests" / "house" / "changes_shown.py", copy / "tests" / "test_shown.py")
    (copy / "page_migration.py").write_text(MIGRATION, encoding="utf-8")
    chosen = (
        "new_log or daily_log or handover or key or in_place or term or night or april or outrank"
    )
    return run_tests(
        copy, "-p", "page_migration", "-k", chosen,
        "tests/test_shown.py", *HOUSE, "src/casebound/rulebook/catalogue/tests/test_forms.py",
        "src/casebound/rulebook/clocks", "src/casebound/people/rights",
    )  # fmt: skip


def test_the_changes_of_the_page_hold_and_nothing_shipped_changed(tried: Tried) -> None:
    assert "passed" in tried.changed


@pytest.mark.parametrize(
    ("part", "most"),
    [("1. A question", 1), ("2. A clock", 1), ("3. A duty", 4), ("5. A role", 1)],
)
def test_a_change_touches_few_files(part: str, most: int) -> None:
    [text] = [words for title, words in PARTS.items() if title.startswith(part)]
    touched = set(re.findall(r"^(?:At the end of |In )?`(src/[^`]+)`:?$", text, re.MULTILINE))

    assert 1 <= len(touched) <= most


@pytest.mark.parametrize(
    "named",
    [
        "daily_log.1: this version of the form was shipped",
        "make daily_log.2.toml with `extends = 1`",
        "glossary: its rows come out differently, and its version is 1 as before",
        "waking_night (45) stands above senior (30), which may do more",
    ],
)
def test_a_planted_mistake_is_caught_by_name(tried: Tried, named: str) -> None:
    assert named in tried.mistaken
