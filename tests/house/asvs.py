"""OWASP's list of what a secure application does, as data, and the page that is drawn from it."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final, Literal

from casebound.foundation.base.data_files import MaybeText, Strict, Text, as_shape, read_toml
from tests.house.source import ROOT

FILE: Final = Path(__file__).with_name("asvs.toml")
PAGE: Final = ROOT / "docs" / "asvs.md"

_HEAD: Final = """# OWASP ASVS 5.0, id by id

This page is drawn from `tests/house/asvs.toml`: for each of the 345 requirements of OWASP's
Application Security Verification Standard 5.0.0 what it asks (in our own words: the standard is
OWASP's, under CC BY-SA 4.0), how far casebound meets it, and the test or page that shows it. A
house test refuses an id that is missing, a test that is not there, and a page that no longer has
the section. Change that file, then run `.venv/bin/python tools/asvs.py`. What is written down for
it stands in [Controls](controls.md).
"""
_CHAPTERS: Final = {
    1: "Encoding and cleaning",
    2: "Checking input, and the rules of the business",
    3: "What browsers show",
    4: "HTTP",
    5: "Files",
    6: "Proving who one is",
    7: "Sessions",
    8: "Rights",
    9: "Tokens that say something",
    10: "OAuth and OpenID",
    11: "Cryptography",
    12: "Connections",
    13: "How it is set up",
    14: "Data",
    15: "How it is built",
    16: "Logs and errors",
    17: "WebRTC",
}


class State(StrEnum):
    """How far a requirement is met."""

    MET = "met"
    IN_PART = "in part"
    NOT_MET = "not met"
    DOES_NOT_APPLY = "does not apply"


class Requirement(Strict):
    """One requirement. `because` is a key of the file's reasons, for one that does not apply."""

    id: Text
    level: Literal[1, 2, 3]
    asks: Text
    state: State
    how: MaybeText = ""
    because: MaybeText = ""
    shown_by: tuple[Text, ...] = ()

    @property
    def chapter(self) -> int:
        """The number of its chapter, 1 to 17."""
        return int(self.id[1:].partition(".")[0])


class Standard(Strict):
    """The file."""

    reasons: dict[str, Text]
    requirements: tuple[Requirement, ...]


@cache
def standard() -> Standard:
    """Return what the file says."""
    return as_shape(Standard, read_toml(FILE), where=FILE.name)


def is_there(place: str) -> bool:
    """Say whether a test, a page with its section, or a source is in the project."""
    file, _, test = place.partition("::")
    name, _, section = file.partition("#")
    path = ROOT / name
    if not path.exists():
        return False
    if test:
        return test in _tests(path)
    return not section or section in _sections(path)


@cache
def _tests(file: Path) -> frozenset[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@cache
def _sections(page: Path) -> frozenset[str]:
    titles = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return frozenset(re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles)


def page() -> str:
    """Return the page, in Markdown."""
    lines = [_HEAD, "| level | " + " | ".join(State) + " |", "|---|" + "---|" * len(State)]
    lines += [_counted("1 and 2", {1, 2}), _counted("3", {3})]
    for chapter, title in _CHAPTERS.items():
        lines += ["", f"## {chapter} {title}", ""]
        lines += _table(
            [
                requirement
                for requirement in standard().requirements
                if requirement.chapter == chapter
            ]
        )
    return "\n".join([*lines, ""])


def _counted(words: str, levels: set[int]) -> str:
    counts = Counter(
        requirement.state for requirement in standard().requirements if requirement.level in levels
    )
    return f"| {words} | " + " | ".join(str(counts[state]) for state in State) + " |"


def _table(requirements: list[Requirement]) -> Iterator[str]:
    yield "| id | level | asks | state | how | shown by |"
    yield "|---|---|---|---|---|---|"
    for requirement in requirements:
        how = standard().reasons[requirement.because] if requirement.because else requirement.how
        shown = ", ".join(_link(place) for place in requirement.shown_by)
        cells = (requirement.id, requirement.level, requirement.asks, requirement.state, how, shown)
        yield f"| {' | '.join(str(cell) for cell in cells)} |"


def _link(place: str) -> str:
    file, _, test = place.partition("::")
    name, _, section = file.partition("#")
    words = (test or section or Path(name).stem).removeprefix("test_").replace("_", " ")
    to = file.removeprefix("docs/") if name.startswith("docs/") else f"../{file}"
    return f"[{words.replace('-', ' ')}]({to})"
