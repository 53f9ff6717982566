# ruff: noqa: RUF001 (quotation marks of every kind are what this is about)
"""Gentle hints: what is found, what is left alone, and that it is quick."""

import time
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebound.rulebook.language.hints import (
    HintKind,
    held_up,
    hints,
    leaves_alone,
    without_quotations,
)
from casebound.rulebook.language.readability import reading
from casebound.rulebook.language.vocabulary import Term, TermKind, Vocabulary, shipped

PLAIN: Final = "Jay made toast and told us about the football. We laughed a lot."


def found(text: str) -> list[tuple[HintKind, str]]:
    return [(hint.what, hint.found) for hint in hints(text)]


def test_ordinary_words_call_for_no_hint() -> None:
    assert found(PLAIN) == []


@pytest.mark.policy("P46")
@pytest.mark.parametrize(
    ("text", "what", "words"),
    [
        ("Jay absconded at nine.", HintKind.PLAIN, "absconded"),
        ("He was attention-seeking all evening.", HintKind.CARE, "attention-seeking"),
        ("He kicked off at tea.", HintKind.OPINION, "kicked off"),
        ("The LAC review is on Monday.", HintKind.PLAIN, "LAC review"),
        ("Her uncle is confined to a wheelchair.", HintKind.GROUP, "confined to a wheelchair"),
    ],
)
def test_a_word_that_cares_is_offered_with_its_place(text: str, what: HintKind, words: str) -> None:
    [hint] = hints(text)

    assert (hint.what, hint.found, text[hint.start : hint.end]) == (what, words, words)
    assert hint.instead


@pytest.mark.policy("P46")
@pytest.mark.parametrize(
    "text",
    [
        "The laces are new.",
        "The black coat and the unlaced boots.",
        "Jay wants a new handicap at golf.",
        "The retardant foam in the chair.",
        "They alliedly played.",
    ],
)
def test_no_word_is_found_inside_another(text: str) -> None:
    assert found(text) == []


@pytest.mark.policy("P46")
@pytest.mark.parametrize(
    "text",
    [
        "Jay said “I absconded, obviously”.",
        'Jay said "I absconded, obviously".',
        "Jay said ‘I absconded, obviously’.",
        "Jay said 'I absconded, obviously'.",
        "Jay said 'I absconded, didn't I? Obviously'.",
        "Jay said “I absconded,\nobviously”.",
    ],
)
def test_what_somebody_said_is_left_alone(text: str) -> None:
    assert found(text) == []
    assert found(text.replace("said", "absconded and said")) == [(HintKind.PLAIN, "absconded")]


def test_an_apostrophe_is_no_quotation() -> None:
    assert found("The boys' absconded friend's bike.") == [(HintKind.PLAIN, "absconded")]


@pytest.mark.policy("P46")
@pytest.mark.parametrize(("kind", "alone"), [("view", True), ("account", True), ("fact", False)])
def test_the_childs_own_words_are_never_looked_at(kind: str, *, alone: bool) -> None:
    assert leaves_alone(kind) is alone


@pytest.mark.policy("P45")
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A handicapped parking space.", ("handicapped",)),
        ("He called him a “spastic”.", ()),
        ("Retarded. Very retarded.", ("Retarded",)),
        ("She called the family a yid and a raghead.", ("yid", "raghead")),
        ("The spaz and the retards; a spazzing light.", ("spaz", "retards")),
        ("He absconded.", ()),
    ],
)
def test_only_offensive_words_outside_a_quotation_hold_up_signing(
    text: str, words: tuple[str, ...]
) -> None:
    assert held_up(text) == words
    assert [hint.found for hint in hints(text) if hint.holds][: len(words)] == list(words)


@pytest.mark.policy("P45")
@pytest.mark.parametrize(
    "term", [term.term for term in shipped().terms.values() if term.sort is TermKind.OFFENSIVE]
)
def test_every_offensive_term_holds_up_signing_however_it_is_written(term: str) -> None:
    for written in (term, term.upper(), term.title(), term.replace(" ", " \t ")):
        assert held_up(f"{PLAIN} They said {written}, and left.") == (written,)


@pytest.mark.policy("P47")
def test_a_known_acronym_is_written_out_and_an_unknown_one_asked_about() -> None:
    known, unknown = hints("CAMHS rang. The ZQX rang too. CAMHS rang again.")

    assert known.instead == ("child and adolescent mental health service (CAMHS)",)
    assert (unknown.found, unknown.instead) == ("ZQX", ())
    assert found("The child and adolescent mental health service (CAMHS) rang.") == []
    assert found("We watched TV after PE.") == []


@pytest.mark.policy("P45")
def test_a_long_sentence_and_a_hard_text_are_said_gently() -> None:
    long = "We went " + "and went " * 14 + "home."
    hard = "Organisational considerations necessitated multidisciplinary deliberation. " * 10

    assert [hint.what for hint in hints(long)] == [HintKind.LONG]
    assert [hint.what for hint in hints(hard)] == [HintKind.HARD]
    assert reading(PLAIN * 8).is_hard is False


def test_what_the_writer_waved_away_stays_away_but_not_what_offends() -> None:
    text = "The handicapped space; he absconded."

    assert [hint.found for hint in hints(text, dismissed={"absconded", "handicapped"})] == [
        "handicapped"
    ]


@pytest.mark.policy("P46")
def test_a_provider_adds_its_own_words_and_the_products_own_stay() -> None:
    own = [
        Term("the office", TermKind.PLAIN, ("the staff room",), "ours"),
        Term("absconded", TermKind.PLAIN, ("bolted",), "ours"),
    ]
    words = shipped().with_more(own)

    assert [hint.instead for hint in hints("Go to the office.", vocabulary=words)] == [
        ("the staff room",)
    ]
    assert "bolted" not in hints("He absconded.", vocabulary=words)[0].instead
    assert not hints("anything", vocabulary=Vocabulary.of([], {}))


@given(st.text(alphabet="aA .'’\"“”‘\n!LC-absconded", max_size=400))
def test_every_hint_stands_where_it_says_and_quotations_keep_every_place(text: str) -> None:
    assert len(without_quotations(text)) == len(text)
    for hint in hints(text):
        assert 0 <= hint.start <= hint.end <= len(text)
        if hint.what not in {HintKind.LONG, HintKind.HARD}:
            assert text[hint.start : hint.end] == hint.found


@settings(deadline=None, max_examples=25)
@given(
    st.sampled_from(
        [
            "'",
            '"',
            "“",
            "‘",
            "A",
            "a ",
            "in a ",
            "'a'a",
            "('a'",
            "“a\n",
            "\n",
            "A&",
            "’",
            "absconde",
        ]
    )
)
def test_no_text_takes_long(piece: str) -> None:
    text = piece * (8_192 // len(piece))
    began = time.perf_counter()

    hints(text)

    assert time.perf_counter() - began < 1


def test_every_term_of_the_vocabulary_is_found_and_says_what_to_write() -> None:
    for term in shipped().terms.values():
        assert term.instead, term.term
        assert term.source, term.term
        assert term.term in [hint.found for hint in hints(f"So {term.term} it is.")]
