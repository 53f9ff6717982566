"""Stems: the index's own, and asked for once."""

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from casebound.reading.search import stems
from casebound.reading.search.stems import stems_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin as a new process does."""
    monkeypatch.setattr(stems, "_known", {})


def test_stems_are_those_of_the_index() -> None:
    words = {"walking": "walk", "families": "famili", "zoe": "zoe", "18": "18", "the": "the"}

    assert stems_of(set(words)) == words


ENDINGS = "s ies sses ed eed ing y ational enci izer abli biliti ousness iviti icate ful ement e ll"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sets(
        st.tuples(
            st.text("bcglstvzaeiouy", min_size=1, max_size=6), st.sampled_from(ENDINGS.split())
        ).map("".join),
        min_size=1,
        max_size=50,
    )
)
def test_a_stem_but_for_its_last_letter_begins_its_word(words: set[str]) -> None:
    """Words are marked by it (`snippets.near`)."""
    assert all(word.startswith(stem[:-1]) for word, stem in stems_of(words).items())


def test_words_are_asked_for_once_and_at_once(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    asked = 5 if connections["derived"].vendor == "sqlite" else 1
    with django_assert_num_queries(asked, using="derived"):
        stems_of({"walking", "swimming"})
    with django_assert_num_queries(0, using="derived"):
        stems_of({"walking", "swimming"})
    with django_assert_num_queries(asked, using="derived"):
        assert stems_of({"walking", "eating"}) == {"walking": "walk", "eating": "eat"}


def test_no_more_words_are_remembered_than_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stems, "_MOST_KNOWN", 3)

    for words in ({"a", "b"}, {"c"}, {"d", "e"}):
        stems_of(words)
    assert stems._known.keys() == {"d", "e"}
