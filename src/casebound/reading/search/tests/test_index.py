"""The index: what it finds, alike on both databases, and what leaves it."""

import pytest
from django.db import IntegrityError, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casebound.foundation.base.ids import HomeId
from casebound.people.access.reads import SeenBook
from casebound.reading.search import reads
from casebound.reading.search.actions import tidy_index
from casebound.reading.search.keys import EPOCH
from casebound.reading.search.models import IndexedStatement
from casebound.reading.search.query import QueryTerm, SearchRefusedError, read_query
from casebound.reading.search.tests import build
from casebound.reading.search.tests.build import (
    BOOK,
    OTHER,
    numbers,
    sealed_together,
    statements,
)

pytestmark = pytest.mark.django_db
VOCABULARY = "CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, search_index, col)"


def words_in_index() -> set[str]:
    """Return every word of a text that the index knows."""
    with connections["derived"].cursor() as cursor:
        if connections["derived"].vendor == "sqlite":
            cursor.execute(VOCABULARY)
            cursor.execute("SELECT term FROM temp.words WHERE col = 'stems'")
            found = {word for (word,) in cursor.fetchall()}
            cursor.execute("DROP TABLE temp.words")
            return found
        cursor.execute("SELECT word FROM ts_stat('SELECT vector FROM search_indexedstatement')")
        return {word for (word,) in cursor.fetchall() if " " not in word}


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("walk", "Walking to school."),
        ("walking", "He WALKED home."),
        ("families", "Her family came."),
        ("zoe", "Zoë rang."),
        ("Zoë", "zoe rang"),
        ("cafe", "The cafe\u0301 was shut."),
        ("dad", "Rang mum/dad at six."),
        ("mum/dad", "Rang mum/dad at six."),
        ("mum dad", "Dad, then mum."),
        ("18:30", "In at 18:30 sharp."),
        ("30", "In at 18:30 sharp."),
        ("4.5", "Drank 4.5 litres."),
        ("55", "5 of them, 55 pages"),
        ("co-operate", "He would co-operate."),
        ("operate", "He would co-operate."),
        ("don't", "“I don\N{RIGHT SINGLE QUOTATION MARK}t want to.”"),
        ("home@example.org", "Write to home@example.org today"),
        ("example", "Write to home@example.org today"),
        ('"out of bed"', "He was out of bed."),
        ('"he was"', "He was out of bed."),
        ("the of", "He was out of the bed."),
        ("walk*", "The walkway."),
        ("settl*", "She is settling in."),
        ("żółw", "Żółw i kot."),
        ("שלום", "אמר שלום ויצא"),
        ("3rd", "On the 3rd of May."),
        ("tea", "👍🏽 tea ☕ and toast"),
        ("one two", "one\ntwo"),
        ("baby*", "The babysitter came."),
        ("babysi*", "The babysitter came."),
        ("Ines*", "Rang Inesita."),
        ("OHara", "Rang Mr O\N{RIGHT SINGLE QUOTATION MARK}Hara."),
        ("o hara", "Rang Mr OHara."),
        ("O'Hara's", "Rang Mr ohara."),
        ("annemarie", "Rang Anne Marie."),
        ("Anne-Marie", "Rang annemarie."),
        ("well-being", "His wellbeing."),
        ("wellbeing", "His well-being."),
        ("Jay's", "Rang Jay."),
        ("小", "王小明"),
        ("王小*", "王小明"),
    ],
)
def test_what_is_typed_finds_what_was_written(typed: str, text: str) -> None:
    statements("Something else altogether.", text)

    assert numbers(typed) == [2]


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("calm walk", "He was calm."),
        ('"bed of"', "He was out of bed."),
        ("walk", "The sidewalk."),
        ("settl*", "Nothing was set."),
        ("4.5", "Drank 45 litres."),
        ("1" * 32, "Some text."),
        ("b" + "1" * 32, "Some text."),
        ("b" + "1" * 32 + "0", "Some text."),
        ("h" + "a" * 32 + "0", "Some text."),
        ("b111*", "Some text."),
        ("njn", "John came."),
        ("56", "5-6 of them."),
        ("大明", "王小明"),
    ],
)
def test_what_is_typed_finds_nothing_else(typed: str, text: str) -> None:
    statements(text)

    assert numbers(typed) == []


def test_the_newest_come_first_and_pages_go_on_without_a_gap() -> None:
    statements(*["walk"] * 7)

    first = reads.search(read_query("walk"), books=[BOOK], count=3)
    assert [hit.number for hit in first.found] == [7, 6, 5]
    assert numbers("walk", before=first.next_before, count=3) == [4, 3, 2]
    last = reads.search(read_query("walk"), books=[BOOK], before=first.next_before, count=4)
    assert last.next_before is None


@pytest.mark.parametrize("count", [3, 20])
def test_newest_first_holds_across_books_homes_and_stretches_of_the_log(count: int) -> None:
    books = [build.book(digit, home=home) for digit, home in ("1f", "e2", "70", "0a")]
    stretch = 1 << EPOCH
    leaves = [n * stretch // 2 + n for n in range(28)]
    for n, leaf in enumerate(leaves):
        statements("walk", within=books[n % 4], leaf=leaf)
        statements("swim", within=books[n % 4], leaf=leaf + 100)

    found: list[int] = []
    before = None
    while True:
        page = reads.search(read_query("walk"), books=books, before=before, count=count)
        found += [hit.number for hit in page.found]
        before = page.next_before
        if before is None:
            break
    assert found == [leaf + 1 for leaf in reversed(leaves)]


@pytest.mark.parametrize("newest", [0, 1, 19, 20, 21])
@pytest.mark.parametrize("everything", [False, True])
def test_however_many_are_new_the_older_ones_follow(newest: int, *, everything: bool) -> None:
    """What is looked through next depends on how many were found so far."""
    end = 600_000
    leaves = [40, 9_000, 70_000, *range(end - newest, end)]
    for leaf in [*leaves, end]:
        statements("walk" if leaf != end else "swim", leaf=leaf)
    books: list[SeenBook] | reads.Everything = [BOOK]
    if everything:
        books = reads.Everything(worker=build.WORKER, at=build.NOON, books=(BOOK,), answers=True)

    page = reads.search(read_query("walk"), books=books)

    found = [hit.number - 1 for hit in page.found]
    assert found == leaves[::-1][:20]
    assert (page.next_before is None) == (len(leaves) <= 20)


def test_a_long_log_is_searched_to_its_beginning() -> None:
    statements("turtle", leaf=3)
    statements("walk", leaf=5_000_000)

    assert numbers("turtle") == [4]
    everything = reads.Everything(worker=build.WORKER, at=build.NOON, books=(BOOK,), answers=True)
    page = reads.search(read_query("turtle"), books=everything)
    assert [hit.number for hit in page.found] == [4]


@pytest.mark.policy("P40")
def test_only_the_books_that_were_given_are_searched() -> None:
    statements("walk", "walk", within=OTHER)
    statements("walk")

    assert numbers("walk", BOOK) == [3]
    assert numbers("walk", BOOK, OTHER) == [3, 2, 1]
    assert reads.search(read_query("walk"), books=[]).found == []


def test_a_search_can_be_narrowed_to_what_was_written_at_a_home() -> None:
    here, there = build.book("1", home="a"), build.book("1", home="b")
    statements("walk", within=here)
    statements("walk", within=there)

    page = reads.search(read_query("walk"), books=[here], home=there.home)

    assert [hit.number for hit in page.found] == [2]


def test_words_that_were_removed_leave_the_index() -> None:
    statements("A turtle walked.", "A horse walked.")
    assert {"turtl", "hors"} <= words_in_index()

    IndexedStatement.objects.filter(number=1).delete()

    assert "turtl" not in words_in_index()
    assert numbers("turtle") == []
    assert numbers("walk") == [2]


@pytest.mark.sqlite
def test_removed_words_leave_the_bytes_of_the_index_too() -> None:
    statements("The turtledove sang.", *["They walked."] * 50)
    IndexedStatement.objects.filter(number=1).delete()

    with connections["derived"].cursor() as cursor:
        cursor.execute("SELECT block FROM search_index_data")
        assert not any(b"turtledov" in bytes(block) for (block,) in cursor.fetchall())


@pytest.mark.sqlite
@pytest.mark.parametrize("emptied", [False, True])
def test_the_index_agrees_with_the_table(emptied: bool) -> None:  # noqa: FBT001
    statements("A turtle walked.", "Zoë ran.", within=OTHER)
    statements("A horse.")
    IndexedStatement.objects.filter(number=2).delete()
    with connections["derived"].cursor() as cursor:
        if emptied:  # as a rebuild does
            cursor.execute("DELETE FROM search_indexedstatement")
        # 1: against the table, too.
        cursor.execute("INSERT INTO search_index(search_index, rank) VALUES('integrity-check', 1)")
    assert words_in_index() == (set() if emptied else {"a", "turtl", "walk", "hors"})


@pytest.mark.sqlite
def test_a_text_is_never_changed_under_the_index() -> None:
    statements("A turtle walked.")

    with pytest.raises(IntegrityError), transaction.atomic(using="derived"):
        IndexedStatement.objects.update(text="A horse walked.")
    IndexedStatement.objects.update(state="struck")


def test_tidying_changes_nothing_that_is_found() -> None:
    statements(*["They walked."] * 30)

    assert tidy_index() is False
    assert numbers("walk", count=50) == list(range(30, 0, -1))


texts = st.lists(
    st.lists(st.sampled_from(["walk", "swim", "the", "Zoë", "mum/dad", "ran"]), max_size=5).map(
        " ".join
    ),
    min_size=1,
    max_size=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mine=texts, others=texts, typed=st.sampled_from(["walk", "zoe ran", '"the swim"', "dad"]))
def test_more_books_never_show_less_and_fewer_books_never_show_more(
    db: None,  # noqa: ARG001
    mine: list[str],
    others: list[str],
    typed: str,
) -> None:
    with transaction.atomic(using="derived"):
        statements(*mine)
        statements(*others, within=OTHER)
        both = reads.search(read_query(typed), books=[BOOK, OTHER], count=50).found
        only = reads.search(read_query(typed), books=[BOOK], count=50).found
        assert [hit for hit in both if hit.book == BOOK] == only
        transaction.set_rollback(True, using="derived")


WRITERS = [build.book(digit, home=home) for digit, home in ("1a", "2a", "3b")]
written = st.lists(
    st.tuples(
        st.integers(0, 3).flatmap(lambda size: st.integers(0, 10 ** (size * 2))),  # how far apart
        st.sampled_from(WRITERS),
        st.lists(st.sampled_from(["tea", "walk", "walker"]), max_size=5),
    ),
    max_size=30,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    written=written,
    typed=st.sampled_from(
        ["tea", "tea walk", '"tea walk"', '"walk tea walk" tea', "walk*", '"tea tea" walk*']
    ),
    within=st.tuples(
        st.lists(st.sampled_from(WRITERS), max_size=2, unique=True),  # none: everything
        st.sampled_from([None, *(book.home for book in WRITERS[1:])]),
    ),
    count=st.integers(1, 8),
)
def test_page_by_page_it_finds_what_reading_everything_finds(
    db: None,  # noqa: ARG001
    written: list[tuple[int, SeenBook, list[str]]],
    typed: str,
    within: tuple[list[SeenBook], HomeId | None],
    count: int,
) -> None:
    query, (books, home) = read_query(typed), within
    leaf, expected = 0, []
    with transaction.atomic(using="derived"):
        for apart, book, words in written:
            leaf += apart + 1
            statements(" ".join(words), within=book, leaf=leaf)
            reached = (not books or book in books) and (not home or book.home == home)
            if reached and all(is_in(term, words) for term in query.terms):
                expected.append(leaf + 1)
        everything = reads.Everything(
            worker=build.WORKER, at=build.NOON, books=tuple(WRITERS), answers=True
        )

        found: list[int] = []
        before = None
        while True:
            page = reads.search(
                query,
                books=books or everything,
                home=home,
                before=before,
                count=count,
            )
            found += [hit.number for hit in page.found]
            before = page.next_before
            if before is None:
                break
        transaction.set_rollback(True, using="derived")
    assert found == expected[::-1]


def is_in(term: QueryTerm, words: list[str]) -> bool:
    """Say whether the words of a term stand next to each other, the last perhaps only begun."""
    return any(
        words[at : at + len(term.words) - 1] == [*term.words[:-1]]
        and (word.startswith(term.words[-1]) if term.begins else word == term.words[-1])
        for at, word in enumerate(words[len(term.words) - 1 :])
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=60), text=st.text(st.characters(exclude_categories=["C"])))
def test_whatever_is_typed_is_searched_for_or_refused(
    db: None,  # noqa: ARG001
    typed: str,
    text: str,
) -> None:
    with transaction.atomic(using="derived"):
        statements(text)
        try:
            query = read_query(typed)
        except SearchRefusedError:
            pass
        else:
            reads.search(query, books=[BOOK])
        transaction.set_rollback(True, using="derived")


@pytest.mark.sqlite
def test_the_statements_of_one_entry_are_one_part_of_the_index() -> None:
    # Every part is a page to write now, and one more to open with each search until they merge.
    with transaction.atomic(using="derived"):  # at whose end it is written
        sealed_together("We walked.", "He talked.", "They laughed.")
    assert numbers("walked") == numbers("laughed") == [1]
    with connections["derived"].cursor() as cursor:
        # 1 and 10 are FTS5's own records; the others begin with the number of their part.
        cursor.execute("SELECT count(DISTINCT id >> 37) FROM search_index_data WHERE id > 10")
        assert cursor.fetchone() == (1,)
