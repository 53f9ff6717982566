"""Stems: those of the indexes, without asking a database."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.db.backends.utils import CursorWrapper
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from casebound.reading.search.indexing import TOKENIZE
from casebound.reading.search.stems import SHORTEST, stem_of, stems_of

WORDS = {
    "walking": "walk", "eating": "eat", "families": "famili", "zoe": "zoe", "18": "18",
    "the": "the", "is": "is", "happily": "happili", "generalizations": "gener",
}  # fmt: skip
ENDINGS = "s ies sses ed eed ing y ational enci izer abli biliti ousness iviti icate ful ement e ll"


def test_stems_are_those_of_porter() -> None:
    assert stems_of(set(WORDS)) == WORDS


def stems_in_fts5(words: list[str], cursor: CursorWrapper) -> dict[str, str]:
    cursor.execute(
        f"CREATE VIRTUAL TABLE temp.stemming USING fts5(word, content='', tokenize='{TOKENIZE}')"
    )
    cursor.execute("CREATE VIRTUAL TABLE temp.stems USING fts5vocab(temp, stemming, instance)")
    for place, word in enumerate(words):
        cursor.execute("INSERT INTO temp.stemming(rowid, word) VALUES (%s, %s)", [place, word])
    cursor.execute("SELECT doc, term FROM temp.stems")
    stems = {words[place]: stem for place, stem in cursor.fetchall()}
    cursor.execute("DROP TABLE temp.stems")
    cursor.execute("DROP TABLE temp.stemming")
    return stems


def stems_in_postgresql(words: list[str], cursor: CursorWrapper) -> dict[str, str]:
    cursor.execute(
        "SELECT word, ts_lexize('search_porter', word) FROM unnest(%s::text[]) word", [words]
    )
    return {word: stem[0] for word, stem in cursor.fetchall()}


@pytest.mark.django_db
def test_stems_are_those_of_the_index() -> None:
    connection = connections["derived"]
    words = [word for word in WORDS if len(word) >= SHORTEST]

    ask = stems_in_fts5 if connection.vendor == "sqlite" else stems_in_postgresql
    with connection.cursor() as cursor:
        assert ask(words, cursor) == {word: WORDS[word] for word in words}


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
