"""What is shown is compared with the log: a row that says something else is named."""

from collections.abc import Iterator

import pytest
from django.db import connections

from casebound.foundation.base.ids import BookId
from casebound.ledger.projecting.actions import seal_and_project
from casebound.ledger.projecting.checks import check_shown
from casebound.ledger.projecting.comparing import COMPARING, MOST_OF_A_TABLE, compare
from casebound.ledger.projecting.models import Reach
from casebound.ledger.projecting.projections import PROJECTION, ROOM
from casebound.ledger.projecting.shadow import Shadow
from casebound.ledger.projecting.tests import told
from casebound.ledger.projecting.tests.rebuilding import dump
from casebound.ledger.sealing.actions import seal
from casebound.ledger.sealing.tests import build
from casebound.ledger.sealing.tests.tampering import behind_its_back, flip, value

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.policy("P58")]


@pytest.fixture
def book() -> Iterator[BookId]:
    build.begin()
    with told.room():
        book = build.book()
        for text in ("One.", "Two.", "Three."):
            seal_and_project(told.new(book, text))
        yield book


def edited(statement: str, *values: str) -> list[str]:
    """Change what is shown behind the system's back, and return what the comparison says."""
    with connections["derived"].cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount
    comparison = compare()
    assert not comparison.ok
    assert not Shadow(COMPARING).exists()
    return [difference.what for difference in comparison.differences]


@pytest.mark.usefixtures("book")
def test_rows_that_follow_from_the_log_are_well_and_stay_as_they_are() -> None:
    before = dump()
    comparison = compare()
    assert comparison.ok
    assert (comparison.rows, comparison.rooms, comparison.not_compared) == (3, 1, [])
    assert dump() == before


@pytest.mark.usefixtures("book")
def test_a_changed_word_is_seen_and_named_without_its_words() -> None:
    said = edited("UPDATE made_up_line SET text = 'He was never there.' WHERE text = 'Two.'")
    assert said == ["told shows something else than the log says (made_up_line: text)"]


@pytest.mark.usefixtures("book")
def test_a_row_that_is_gone_is_seen() -> None:
    said = edited("DELETE FROM made_up_line WHERE text = 'Two.'")
    assert said == ["told does not show what follows from it (a row of made_up_line is gone)"]


def test_a_row_that_was_added_is_seen(book: BookId) -> None:
    columns = "book_id, told_at, text, about, times, is_last"
    said = edited(
        f"INSERT INTO made_up_line (leaf, {columns})"  # noqa: S608 (our own names)
        f" SELECT 99, {columns} FROM made_up_line WHERE text = 'Two.' AND book_id = %s",
        book,
    )
    assert said == ["told shows what follows from no entry (a row of made_up_line was added)"]


def test_the_check_names_book_and_page(book: BookId) -> None:
    with connections["derived"].cursor() as cursor:
        cursor.execute("UPDATE made_up_line SET text = 'No.' WHERE text = 'Two.'")
    [problem] = check_shown(quickly=False)
    assert problem.words.startswith(f"Book {book}, no. 2, line 3 of the log: told shows")
    assert (problem.kind.value, problem.line, problem.book, problem.page) == ("shown", 3, book, 2)


def test_of_one_table_only_some_are_named_and_the_others_are_counted(book: BookId) -> None:
    for n in range(MOST_OF_A_TABLE):
        seal_and_project(told.new(book, f"{n}."))
    with connections["derived"].cursor() as cursor:
        cursor.execute("DELETE FROM made_up_line")
    comparison = compare()
    assert len(comparison.differences) == MOST_OF_A_TABLE + 1
    assert comparison.differences[-1].what == "3 more rows of made_up_line differ from the log"


def test_what_is_not_shown_yet_is_said_and_is_no_difference(book: BookId) -> None:
    seal(told.new(book, "Four."))
    comparison = compare()
    assert comparison.ok
    assert "1 lines at the end of the log are not shown yet" in comparison.not_compared[0]


@pytest.mark.usefixtures("book")
def test_rooms_that_say_they_are_further_than_the_log_are_seen() -> None:
    said = edited("UPDATE projecting_reach SET next_leaf = 9")
    assert said == ["the rooms say that they show 9 lines of the log, and it has 4"]


@pytest.mark.usefixtures("book")
def test_a_room_that_waits_to_be_remade_is_said() -> None:
    Reach.objects.update(version="old")
    comparison = compare()
    assert comparison.ok
    assert "told shows was not compared" in comparison.not_compared[0]


@pytest.mark.usefixtures("book")
def test_the_rows_of_a_damaged_entry_are_left_to_the_check_of_the_entries() -> None:
    entry = value("SELECT entry_id FROM log_leaf WHERE idx = 2")
    body = value("SELECT body FROM sealed_entry WHERE id = %s", [entry])
    behind_its_back(("UPDATE sealed_entry SET body = %s WHERE id = %s", [flip(body), entry]))
    with told.room(told.PROJECTION, (ROOM, PROJECTION), table=False):
        comparison = compare()
    assert all(difference.leaf != 2 for difference in comparison.differences)
    assert "damaged entries was not compared" in comparison.not_compared[-1]


@pytest.mark.usefixtures("book")
def test_one_process_compares_at_a_time_and_the_other_says_so() -> None:
    with Shadow(COMPARING).held() as held:
        assert held
        comparison = compare()
    assert "another process is comparing" in comparison.not_compared[0]
