"""What Word, Excel and WhatsApp put between words is made harmless; what joins letters stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebound.foundation.base.pasted import tidied


@pytest.mark.parametrize(
    ("pasted", "read"),
    [
        ("Jay came in.\x0bHe ate.", "Jay came in.\nHe ate."),  # Word, Shift+Enter
        ("Jay\r\x07toast\r\x07\r\x07", "Jay\ttoast\t\t"),  # Word, a row of a table
        ("Jay\x07toast", "Jay\ttoast"),
        ("co\x1eoperate, to\x1fday", "co-operate, today"),  # Word's hyphens
        ("page\x0cnext", "page\nnext"),
        ("\ufeffJay\tate", "Jay\tate"),  # Excel, a file in UTF-8
        ("over\u00adnight", "overnight"),
        ("over\u200bnight", "overnight"),
        ("11\u2060pm", "11pm"),
        ("\u200e[22:40] Mum: ok", "[22:40] Mum: ok"),  # WhatsApp
        ("\u202a+44 7700 900123\u202c", "+44 7700 900123"),  # a number from WhatsApp
        ("\u202d+44 7700 900123\u202c", "+44 7700 900123"),  # a number from an iPhone
        ("he said \x93no\x94 \x96 it\x92s mine", "he said “no” \u2013 it\u2019s mine"),
        ("one\u2028two\u2029three", "one\ntwo\nthree"),
        ("cut \u202a+44, \u202dhalf\u202c", "cut +44, half"),
        ("end \u202c alone", "end  alone"),
        ("nul\x00 and picture \x01", "nul and picture "),
    ],
)
def test_what_other_programs_leave_behind_is_made_harmless(pasted: str, read: str) -> None:
    assert tidied(pasted) == read


@pytest.mark.parametrize(
    "text",
    [
        "👩‍👧‍👦 and 👍🏽 and ❤️",
        "می‌خواهم",  # Persian: a joiner that parts letters
        "क्‍ष",  # Hindi
        "ภาษา\u200bไทย",  # Thai: where a word may end
        "\u05e9\u05dc\u05d5\u05dd\u200f!",
        "tea\u00a0time, 10\u202fml",
        "a \u2068\u05e9\u05dc\u05d5\u05dd\u2069 b",
        "toast\r\nand tea\n\nand so on\t.",
        "",
    ],
)
def test_what_belongs_to_the_words_stays(text: str) -> None:
    assert tidied(text) == text


def test_words_of_the_other_direction_keep_it() -> None:
    assert (
        tidied("say \u202b\u05e9\u05dc\u05d5\u05dd, Jay\u202c now")
        == "say \u2067\u05e9\u05dc\u05d5\u05dd, Jay\u2069 now"
    )


@pytest.mark.parametrize("turned", ["a \u202edesrever\u202c b", "a \u202e b", "a \u202b b"])
def test_what_turns_letters_round_is_left_to_be_asked_about(turned: str) -> None:
    assert tidied(turned) == turned


@given(st.text())
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    assert tidied(tidied(text)) == tidied(text)


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"])))
def test_nothing_that_can_be_seen_is_touched(text: str) -> None:
    assert tidied(text) == text
