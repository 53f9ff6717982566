"""Names of England today, in their scripts: each is found, on either database."""

# ruff: noqa: RUF001 (letters that look alike are its subject)
import unicodedata
from html import escape
from pathlib import Path

import pytest

from casebound.foundation.base.folding import fold
from casebound.reading.search import reads
from casebound.reading.search.query import SHORTEST_BEGINNING, read_query
from casebound.reading.search.tests.build import BOOK, all_numbers, many

pytestmark = pytest.mark.django_db
LINES = [
    line.split(" | ")
    for line in Path(__file__).with_name("names.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
NAMES = [name for name, *_ in LINES]
MOST = 400


@pytest.fixture
def _each_name_is_written_once(db: None) -> None:  # noqa: ARG001
    many(*(f"We rang {name} today." for name in NAMES))


def first_four(name: str) -> str:
    """Return the first four letters of the last word with a star; a shorter name as it is."""
    letters, typed = 0, ""
    for character in name.rsplit(maxsplit=1)[-1]:
        typed += character
        letters += unicodedata.category(character) in {"Lu", "Ll", "Lo"}
        if letters == SHORTEST_BEGINNING:
            break
    plain = fold(without_joiners(typed))
    return (
        f"{typed}*" if letters == SHORTEST_BEGINNING and len(plain) >= SHORTEST_BEGINNING else name
    )


def without_joiners(typed: str) -> str:
    return "".join(letter for letter in typed if letter not in "'’‘ʻ-‑–")


def typed_for(name: str, *plain: str) -> list[str]:
    ways = [name, name.upper(), name.lower(), *plain, first_four(name), without_joiners(name)]
    ways += [unicodedata.normalize(form, name) for form in ("NFD", "NFKC")]
    ways += [first_four(typed) for typed in (*plain, without_joiners(name))]
    return list(dict.fromkeys(ways))


@pytest.mark.usefixtures("_each_name_is_written_once")
def test_every_name_is_found_by_itself_without_accents_and_by_its_first_letters() -> None:
    assert len(NAMES) >= 300
    missed = [
        (name, typed)
        for number, (name, *plain) in enumerate(LINES, 1)
        for typed in typed_for(name, *plain)
        if number not in all_numbers(typed)
    ]
    assert missed == []


@pytest.mark.usefixtures("_each_name_is_written_once")
def test_every_name_is_marked_as_it_was_written() -> None:
    for number, name in enumerate(NAMES, 1):
        if " " in name:
            continue
        hits = reads.search(read_query(name), books=[BOOK], count=MOST).found
        [shown] = [hit.snippet for hit in hits if hit.number == number]
        assert f'<mark class="app-found">{escape(name.strip("ʻ"))}</mark>' in shown
