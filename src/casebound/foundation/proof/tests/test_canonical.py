import unicodedata

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from casebound.foundation.proof.canonical import Json, canonical, clean_text, parse_canonical
from casebound.foundation.proof.errors import CanonicalError, UnsealableTextError

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
KEYS = st.from_regex(r"[a-z][a-z0-9_]{0,31}", fullmatch=True)
VALUES: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def circle() -> list[object]:
    value: list[object] = []
    value.append(value)
    return value


@given(VALUES)
def test_canonical_bytes_are_those_of_rfc_8785_and_read_back(value: Json) -> None:
    data = canonical(value)
    assert data == rfc8785.dumps(value)
    assert parse_canonical(data) == value


def test_a_tuple_is_written_as_an_array() -> None:
    assert canonical((1, "a", None)) == b'[1,"a",null]'


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        float("nan"),
        {"a": 0.5},
        [b"x"],
        {"a": {1}},
        2**53,
        -(2**53),
        [2**60],
        {"A": 1},
        {"": 1},
        {"a" * 33: 1},
        {"1a": 1},
        {"a-b": 1},
        {"a\n": 1},
        {1: 1},
        "\ud800",
        ["\ud83d\ude00"],
        circle(),
    ],
    ids=range(18),
)
def test_a_value_outside_the_profile_is_refused(value: object) -> None:
    with pytest.raises(CanonicalError):
        canonical(value)


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1,"a":1}',
        b'{"b":1,"a":1}',
        b'{"a": 1}',
        b"[1.0]",
        b"[1e3]",
        b"-0",
        b"01",
        b"NaN",
        b"Infinity",
        b"9007199254740992",
        b'"\\u0041"',
        b'"\\/"',
        b'"\\ud800"',
        b'"\\u000A"',
        b'"\xff"',
        b"\xef\xbb\xbf1",
        b'{"A":1}',
        b"1\n",
        b"",
        b"1" * 5000,
        b"[" * 100_000,
    ],
    ids=range(21),
)
def test_any_other_spelling_is_refused(data: bytes) -> None:
    with pytest.raises(CanonicalError):
        parse_canonical(data)


def test_text_is_normalised_once() -> None:
    assert clean_text("Zoe\u0308\tcame\r\nhome\rlate\n") == "Zo\u00eb came\nhome\nlate\n"


def test_isolates_are_kept_because_only_overrides_are_refused() -> None:
    assert clean_text("\u2066Sam\u2069") == "\u2066Sam\u2069"


@pytest.mark.parametrize(
    "character", ["\0", "\x0b", "\x1b", "\x7f", "\x85", "\u202a", "\u202e", "\ud800"]
)
def test_a_character_that_cannot_be_sealed_is_named_where_it_was_typed(character: str) -> None:
    with pytest.raises(UnsealableTextError) as refused:
        clean_text(f"one\r\ntwo{character}\0")
    assert (refused.value.code_point, refused.value.position) == (ord(character), 8)
    assert "two" not in str(refused.value)


@given(st.text())
def test_cleaned_text_is_stable_and_sealable(text: str) -> None:
    try:
        cleaned = clean_text(text)
    except UnsealableTextError as refused:
        assert ord(text[refused.position]) == refused.code_point  # noqa: PT017  # either way holds
        return
    assert clean_text(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert parse_canonical(canonical(cleaned)) == cleaned
