"""Words that may tell of what is never allowed: asked about, without many false alarms."""

import time

import pytest

from casebound.rulebook.language.hints import HintKind, hints
from casebound.rulebook.language.never_allowed import signs, table

ASKED = [(sign.rule, sentence) for sign in table().signs for sentence in sign.asked]
LET_BE = [sentence for sign in table().signs for sentence in sign.let_be]
TEN = {f"reg 19(2)({letter})" for letter in "abcdefghij"}


@pytest.mark.policy("P49")
@pytest.mark.parametrize(("rule", "sentence"), ASKED)
def test_what_may_tell_of_it_is_asked_about(rule: str, sentence: str) -> None:
    assert rule in {sign.rule for sign in signs(sentence)}


@pytest.mark.parametrize("sentence", LET_BE)
def test_what_was_something_else_is_let_be(sentence: str) -> None:
    assert signs(sentence) == ()


def test_each_of_the_ten_has_words_that_tell_of_it() -> None:
    assert {sign.rule for sign in table().signs} >= TEN


@pytest.mark.policy("P49")
def test_the_sealed_sanction_of_the_issue_is_asked_about_three_times() -> None:
    text = "No tea, his phone taken so that he cannot ring his mum, the group lost the cinema."

    found = {sign.rule for sign in signs(text)}

    assert found == {"reg 19(2)(b)", "reg 19(2)(c)", "reg 19(2)(j)"}


def test_it_is_a_hint_that_says_which_rule_and_holds_up_nothing() -> None:
    [hint] = hints("She missed dinner because she had sworn.")

    assert (hint.what, hint.found, hint.holds) == (HintKind.NEVER, "missed dinner", False)
    assert "reg 19(2)(b)" in hint.words
    assert hints("She missed dinner because she had sworn.", dismissed={"missed dinner"}) == ()


def test_somebodys_own_words_are_left_alone() -> None:
    assert hints("Jay said “No phone and no tea, that is not fair.”") == ()


def test_it_takes_no_time_in_a_long_text() -> None:
    text = "He made tea and rang his mum and took his phone with him to the others, " * 60
    began = time.perf_counter()
    signs(text)
    assert time.perf_counter() - began < 0.5
