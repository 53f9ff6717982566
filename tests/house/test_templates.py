"""Templates are read by people: wrapped lines, and nothing that djlint finds wrong."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 120  # characters in a line, where a tag counts as a few: Django takes none over two lines
LONGEST_WITH_TAGS = 190
TAG = re.compile(r"\{%.*?%\}")
SAID = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
TEMPLATES = sorted(
    path
    for folder in ("src", "tools")
    for path in (ROOT / folder).rglob("*.html")
    if "node_modules" not in path.parts
)


def test_there_are_templates() -> None:
    assert len(TEMPLATES) > 100


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_lines_of_templates_are_wrapped(path: Path) -> None:
    lines = enumerate(path.read_text().splitlines(), start=1)

    long = [
        number
        for number, line in lines
        if len(line) > LONGEST_WITH_TAGS or len(TAG.sub("{% %}", line)) > LONGEST
    ]

    assert not long, f"lines longer than {LONGEST} characters in {path.relative_to(ROOT)}: {long}"


def test_no_line_break_is_shown_that_nobody_typed() -> None:
    """The value of an answer shows the line breaks of what was typed, so the template has none."""
    broken = [
        str(path.relative_to(ROOT))
        for path in TEMPLATES
        if re.search(r"app-answers__value[^>]*>(\s|((?!</dd>)[\s\S])*\s</dd>)", path.read_text())
    ]

    assert not broken


def test_no_form_lets_the_browser_keep_what_is_typed() -> None:
    """A browser keeps the state of a form in its files; a box may say what it is for by itself."""
    forms = [
        (str(path.relative_to(ROOT)), form)
        for path in TEMPLATES
        for form in re.findall(r"<form\b[^>]*>", SAID.sub("", path.read_text()))
        if "src" in path.relative_to(ROOT).parts
    ]

    assert len(forms) > 80
    assert [path for path, form in forms if 'autocomplete="off"' not in form] == []


def test_djlint_finds_nothing() -> None:
    checked = subprocess.run(
        [sys.executable, "-m", "djlint", "--lint", "--quiet", "src", "tools"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_times_of_day_say_bst_or_gmt_in_the_hour_that_comes_twice() -> None:
    """They are written by `moment` of `web_dates` and by Python, never by Django's `date`."""
    by_django = re.compile(r"\|(date|time):\"[^\"]*[HGiP]")

    ours = [path for path in TEMPLATES if path.is_relative_to(ROOT / "src")]
    assert not [path for path in ours if by_django.search(path.read_text())]
