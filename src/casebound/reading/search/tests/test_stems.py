"""Stems: worked out without asking a database."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from casebound.reading.search.stems import stem_of, stems_of

WORDS = {
    "walking": "walk", "eating": "eat", "families": "famili", "zoe": "zoe", "18": "18",
    "the": "the", "is": "is", "happily": "happili", "generalizations": "gener",
}  # fmt: skip
ENDINGS = "s ies sses ed eed ing y ational enci izer abli biliti ousness iviti icate ful ement e ll"


def test_stems_are_those_of_porter() -> None:
    assert stems_of(set(WORDS)) == WORDS


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


@pytest.mark.django_db
def test_no_database_is_asked(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    stem_of.cache_clear()
    with django_assert_num_queries(0, using="derived"):
        stems_of({"walking", "swimming"})


def test_several_threads_get_the_stems_of_their_own_words() -> None:
    stem_of.cache_clear()
    words = [f"{word}{number}ing" for number in range(200) for word in ("walk", "swim", "paint")]

    with ThreadPoolExecutor(8) as pool:
        stems = list(pool.map(stem_of, words))

    assert stems == [word.removesuffix("ing") for word in words]
