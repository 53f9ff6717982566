"""What people type, read as a query."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebound.reading.search.on_postgresql import checked, wanted
from casebound.reading.search.query import (
    EmptySearchError,
    Query,
    QueryTerm,
    SearchRefusedError,
    ShortBeginningError,
    TooLongError,
    TooShortError,
    WordMatch,
    as_fts5,
    read_query,
)


def terms(typed: str) -> tuple[QueryTerm, ...]:
    return read_query(typed).terms


def test_words_are_terms_and_case_and_accents_are_folded() -> None:
    assert terms("  Zoë WALKED ") == (QueryTerm(("zoe",)), QueryTerm(("walked",)))


@pytest.mark.parametrize(
    "typed", ['"out of bed"', "“out of bed”", '"out, of -- bed', "„Out of bed“"]
)
def test_words_in_any_quotes_stand_together(typed: str) -> None:
    assert terms(typed) == (QueryTerm(("out", "of", "bed")),)


def test_what_stands_between_and_around_quotes_is_words() -> None:
    assert terms('calm "out of bed" walk') == (
        QueryTerm(("calm",)),
        QueryTerm(("out", "of", "bed")),
        QueryTerm(("walk",)),
    )


@pytest.mark.parametrize("typed", ["mum/dad", "mum@dad", "mum_dad", "mum*dad"])
def test_parts_of_one_word_stand_together(typed: str) -> None:
    assert terms(typed) == (QueryTerm(("mum", "dad")),)


@pytest.mark.parametrize("typed", ["mum-dad", "mum'dad", "mum’dad", "MumDad"])
def test_parts_of_one_name_stand_together_or_are_one_word(typed: str) -> None:
    assert terms(typed) == (QueryTerm(("mum", "dad"), joined="mumdad"),)


def test_a_star_after_four_letters_makes_a_beginning() -> None:
    assert terms("walk* Settl* plain") == (
        QueryTerm(("walk",), begins=True),
        QueryTerm(("settl",), begins=True),
        QueryTerm(("plain",)),
    )


@pytest.mark.parametrize("typed", ["used*", "goes*", "plus*", "using*"])
def test_a_star_after_a_short_word_with_its_ending_is_left_out_for_its_stem(typed: str) -> None:
    """The "us" of "used*" would begin too many words."""
    [term] = terms(typed)
    stems, words = term.ways()
    assert not stems.begins
    assert words == WordMatch("words", (typed[:-1],), begins=True)


@pytest.mark.parametrize("typed", ["need*", "miss*", "things*", "walked*", "thing*", "focus*"])
def test_a_star_after_a_word_with_enough_left_stays(typed: str) -> None:
    assert terms(typed) == (QueryTerm((typed[:-1],), begins=True),)
    assert all(way.begins for way in terms(typed)[0].ways())


def test_the_same_term_twice_is_asked_once() -> None:
    assert terms("walk walk Walk") == (QueryTerm(("walk",)),)


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("", EmptySearchError),
        ("  \n", EmptySearchError),
        ('* ** ?! "" 👍', EmptySearchError),
        ("a", TooShortError),
        ("a b 7", TooShortError),
        ("wal*", ShortBeginningError),
        ("calm a*", ShortBeginningError),
        ("one two three four five six seven eight nine", TooLongError),
        ("x" * 201, TooLongError),
    ],
)
def test_what_cannot_be_searched_is_refused_with_what_to_do(
    typed: str, refusal: type[SearchRefusedError]
) -> None:
    with pytest.raises(refusal) as refused:
        read_query(typed)
    assert refused.value.do


def test_eight_words_and_two_hundred_characters_are_enough() -> None:
    assert len(terms("one two three four five six seven eight")) == 8
    assert terms("x" * 200)


@given(st.text(max_size=200))
def test_nothing_typed_reaches_a_database_but_letters_and_digits(typed: str) -> None:
    try:
        query = read_query(typed)
    except SearchRefusedError:
        return
    assert {unicodedata.category(letter)[0] for word in query.words for letter in word} <= set(
        "LNM"
    )


def test_the_same_query_is_written_for_each_database() -> None:
    query = Query(
        (QueryTerm(("calm",)), QueryTerm(("out", "of")), QueryTerm(("mum", "walk"), begins=True)),
        "",
    )

    assert as_fts5(query) == (
        '({stems} : "calm") AND ({stems} : "out of") AND '
        '({stems} : "mum walk" * OR {words} : "mum walk" *)'
    )
    assert wanted(query) == ["'calm'", "'mum'", "'out'", "'of'", "'p walk'"]
    assert checked(query) == (
        ["(strpos(stems, %s) > 0)", "(strpos(stems, %s) > 0 OR strpos(words, %s) > 0)"],
        [" out of ", " mum walk", " mum walk"],
    )
