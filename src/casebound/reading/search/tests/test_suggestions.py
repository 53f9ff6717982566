"""Other spellings when nothing was found: only names of the books that were searched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from casebound.foundation.base.folding import fold
from casebound.people.access.reads import SeenBook
from casebound.reading.search import reads
from casebound.reading.search.query import read_query
from casebound.reading.search.sounds import letters_apart, sound_of, sounds_near
from casebound.reading.search.tests.build import BOOK, NOON, OTHER, WORKER, book, many, statements
from casebound.reading.search.tests.test_names import NAMES
from casebound.reading.search.words import words_of

pytestmark = pytest.mark.django_db


def instead(typed: str, *books: SeenBook) -> list[str]:
    """Return what is suggested for a search in these books."""
    return reads.instead(read_query(typed), books=books or (BOOK,))


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Lukash", "Łukasz"),
        ("Lukas", "Łukasz"),
        ("Micheal", "Michael"),
        ("Jhon", "John"),
        ("Maisy", "Maisie"),
        ("Oliver", "Olivier"),
        ("o'harra", "O’Hara"),
        ("anne-mary", "Anne-Marie"),
        ("Naoni", "Naomi"),  # another consonant
        ("Abgail", "Abigail"),
        ("Benamin", "Benjamin"),  # one fewer
        ("Неколай", "Николай"),
        ("احمدد", "أحمد"),  # no capitals
    ],
)
def test_a_misspelt_name_is_suggested_as_the_book_has_it(typed: str, name: str) -> None:
    statements("The staff had tea.", f"We rang {name} today.", "They slept.")

    assert instead(typed) == [name]


def wrong_ways(name: str) -> list[str]:
    """Return a name with two letters swapped, one left out, and one written twice."""
    middle = len(name) // 2
    before, letter, after = name[:middle], name[middle], name[middle + 1 :]
    return [
        before[:-1] + letter + before[-1] + after,
        before + after,
        before + letter + name[middle:],
    ]


def test_the_misspelt_names_of_england_are_suggested() -> None:
    many(*(f"We rang {name} today." for name in NAMES))
    tried, missed = 0, []
    known = {word.word for name in NAMES for word in words_of(name).words}
    for name in NAMES:
        folded = fold(name)
        if len(folded) < 5 or not folded.isalpha() or not folded.isascii():
            continue
        for typed in wrong_ways(folded):
            if typed in known or reads.search(read_query(typed), books=[BOOK]).found:
                continue
            tried += 1
            suggested = instead(typed)
            assert len(suggested) <= 3
            if folded not in map(fold, suggested):
                missed.append((typed, name, suggested))
    assert tried > 300
    assert len(missed) <= 3, missed


def test_the_nearest_comes_first_then_the_name_that_is_used_most() -> None:
    statements("Marian rang.", *["Marion rang."] * 3, *["Mariann rang."] * 4, "Marien", "Marjan")

    assert instead("Marin") == ["Marion", "Marian", "Marien"]


def test_the_other_words_of_the_search_stay_as_they_were_typed() -> None:
    statements("Łukasz rode a horse.", "Jay and Łukasz had tea.")

    assert instead('horse "lukash" Jay') == ["horse Łukasz Jay"]


def test_a_word_that_is_no_name_is_not_suggested() -> None:
    statements("Tables were laid.", "They left.", "Tables, and tables by other tables.")

    assert instead("tabels") == []
    assert instead("thay") == []


@pytest.mark.parametrize("typed", ["lukash*", '"lukash rang"', "ty", "2026-11-31", "日本"])
def test_phrases_beginnings_numbers_and_the_shortest_words_have_no_suggestion(
    typed: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    statements("Łukasz rang.", "Tia rang.")

    with django_assert_num_queries(0, using="derived"):
        assert instead(typed) == []


@pytest.mark.policy("P40")
def test_no_name_of_another_book_or_home_is_suggested() -> None:
    statements("Łukasz rang.", within=OTHER)
    statements("Somebody rang.")

    assert instead("lukash") == []
    assert reads.instead(read_query("lukash"), books=[]) == []
    assert instead("lukash", BOOK, OTHER) == ["Łukasz"]
    at_b = book("2", home="b")
    assert reads.instead(read_query("lukash"), books=[OTHER], home=at_b.home) == []
    assert reads.instead(read_query("lukash"), books=[OTHER], home=OTHER.home) == ["Łukasz"]


@pytest.mark.policy("P40")
def test_other_books_do_not_change_the_order_of_suggestions() -> None:
    statements("Marian rang.", "Marion rang.", "Marion rang.")
    before = instead("marin")
    statements(*["Marian rang."] * 150, within=OTHER)

    assert instead("marin") == before == ["Marion", "Marian"]


@pytest.mark.policy("P40")
def test_of_everything_only_books_that_were_seen_give_names() -> None:
    statements("Łukasz rang.", within=OTHER)
    everything = reads.Everything(worker=WORKER, at=NOON, books=(BOOK,), answers=True)

    assert reads.instead(read_query("lukash"), books=everything) == []


@pytest.mark.parametrize(("typed", "queries"), [("lukash", 1), ("lukat", 2), ("bundle", 2)])
def test_suggestions_take_two_queries_at_most(
    typed: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    statements(*["Łukasz rang."] * 150)

    with django_assert_num_queries(queries, using="derived"):
        instead(typed)


@pytest.mark.parametrize("digits", ["1f", "f1"])
def test_a_book_that_says_more_does_not_hide_another(digits: str) -> None:
    talking, quiet = book(digits[0]), book(digits[1])
    statements(*["Olivier rang."] * 120, within=talking)
    statements("Oliver rang.", within=quiet)

    assert instead("olivur", talking, quiet) == ["Oliver", "Olivier"]


def test_a_name_is_suggested_as_it_is_usually_written() -> None:
    statements("Zoë rang.", "Zoë ran.", "Zoe ate.", "ZOË!")

    assert instead("zoea") == ["Zoë"]


words = st.text("abcdeflmnoprstzvx", max_size=8)


@given(words, words, words)
def test_letters_apart_is_a_distance(first: str, second: str, third: str) -> None:
    apart = letters_apart(first, second)
    assert apart == letters_apart(second, first)
    assert (apart == 0) == (first == second)
    assert abs(len(first) - len(second)) <= apart <= max(len(first), len(second))
    assert letters_apart(first + third, second + third) <= apart


@given(words)
def test_a_sound_is_near_what_it_is_near_to(word: str) -> None:
    near = sounds_near(word)
    assert sound_of(word) not in near
    assert len(near) == len(set(near)) <= 100


def test_a_name_used_five_times_as_often_is_suggested_beside_a_slip_that_is_there() -> None:
    statements("We rang Maisy today.", *[f"Maisie had tea, {day}." for day in range(5)])

    assert instead("Maisy") == ["Maisie"]
    assert instead("Maisie") == []


def test_two_names_of_one_home_are_not_taken_for_slips_of_each_other() -> None:
    statements(*["Maisy had tea."] * 2, *["Maisie had tea."] * 5)

    assert instead("Maisy") == []


@pytest.mark.parametrize(
    ("typed", "name"), [("Catherine", "Kathryn"), ("Geoffrey", "Jeffry"), ("Katherine", "Cathryn")]
)
def test_names_that_sound_alike_may_differ_in_up_to_four_letters(typed: str, name: str) -> None:
    statements(f"We rang {name} today.")

    assert instead(typed) == [name]
