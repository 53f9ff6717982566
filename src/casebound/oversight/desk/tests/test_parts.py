"""Parts of a list drawn once: the same as if they had been drawn anew, and never another's."""

import pytest

from casebound.foundation.web import kept
from casebound.foundation.web.kept import MOST_PARTS, kept_parts
from casebound.oversight.desk.reads import Waiting

BOOK = "b" * 32


@pytest.fixture(autouse=True)
def _nothing_drawn() -> None:
    kept._parts._kept.clear()


def waiting(what: str) -> Waiting:
    return Waiting(
        what=what, about="Rowan", when="by 22:40 today", state="due", book=BOOK, number=3,
        form="return_talk",
    )  # fmt: skip


def parts(*whats: str, csrf: str = "t") -> str:
    return kept_parts("desk/_waiting.html", [waiting(what) for what in whats], csrf=csrf)


def test_a_part_is_drawn_once_and_carries_the_token_of_each_page() -> None:
    first = parts("<One>", "Two", csrf="first")
    drawn = dict(kept._parts._kept)
    again = parts("Two", "<One>", csrf="second")

    assert first.count('value="first"') == 2
    assert "&lt;One&gt;" in first
    assert again.index("Two") < again.index("&lt;One&gt;")
    assert again.count('value="second"') == 2
    assert 'value="first"' not in again
    assert dict(kept._parts._kept) == drawn


def test_another_part_is_drawn_for_itself_and_none_for_nothing() -> None:
    parts("One")
    assert "One" not in parts("Two")
    assert parts() == ""
    assert [key[1].what for key in kept._parts._kept] == ["One", "Two"]  # type: ignore[index]


def test_only_so_many_parts_are_kept_and_the_ones_used_last_stay() -> None:
    parts(*(str(number) for number in range(MOST_PARTS)))
    parts("0", "one more")

    kept_whats = {key[1].what for key in kept._parts._kept}  # type: ignore[index]
    assert len(kept_whats) == MOST_PARTS
    assert {"0", "one more"} <= kept_whats
    assert "1" not in kept_whats
