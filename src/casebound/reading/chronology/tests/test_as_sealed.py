"""A page vouches for an entry only as far as what is shown follows from the opened entry."""

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from casebound.ledger.projecting.models import Reach
from casebound.ledger.sealing.reads import entries
from casebound.reading.chronology.as_sealed import COLUMNS, lines_as_sealed
from casebound.reading.chronology.checks import check_sample
from casebound.reading.chronology.models import Line
from tests.house.life import whole_life
from tests.house.source import nothing
from tests.made_up import MadeUp
from tests.pages import as_shown

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P58", "P64")]

UNCHANGED = "Unchanged since it was sealed"
OTHERWISE = "is not what was sealed"


@pytest.fixture
def sam(made_up: MadeUp) -> Client:
    return made_up.browser_of(made_up.sam)


def page(made_up: MadeUp, sam: Client, number: int, name: str = "chronology:entry") -> str:
    return as_shown(sam.get(reverse(name, args=[made_up.jay.book, number])))


def printed(made_up: MadeUp, sam: Client) -> str:
    return as_shown(sam.get(reverse("chronology:print", args=[made_up.jay.book])))


def edit(statement: str, *values: str | int) -> None:
    """Change what is shown behind the system's back."""
    with connections["derived"].cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount


def test_every_line_there_is_comes_out_as_it_is_stored(made_up: MadeUp) -> None:
    whole_life(made_up)
    lines = [
        line
        for entry in entries(0)
        for book in entry.pages
        for line in lines_as_sealed([entry], book).values()
    ]
    assert len(lines) == Line.objects.count()
    nothing(f"{line.number}: {line.view.form}" for line in lines if not line.is_stored)


OTHER = {
    "late": "NOT late",
    "leaf": "leaf + 1",
    "happened_at": "'2001-02-03 04:05:06+00:00'",
    "signed_at": "'2001-02-03 04:05:06+00:00'",
    "body": "replace(body, 'had tea', 'had gin')",
    "staff_html": "replace(staff_html, 'had tea', 'had gin')",
}


@pytest.mark.parametrize("column", COLUMNS)
def test_an_edited_column_is_told_and_the_sealed_words_are_shown(
    column: str, made_up: MadeUp, sam: Client
) -> None:
    number = made_up.write(made_up.jay, "We had tea.").numbers[made_up.jay.book]
    assert UNCHANGED in page(made_up, sam, number)
    made_up.write(made_up.jay, "And went to bed.")
    changed = OTHER.get(column, "'x'")
    edit(
        f"UPDATE chronology_line SET {column} = {changed} WHERE book_id = %s AND number = %s",  # noqa: S608
        made_up.jay.book,
        number,
    )

    shown = page(made_up, sam, number)

    assert OTHERWISE in shown
    assert UNCHANGED not in shown
    assert "We had tea." in shown
    assert "had gin" not in shown
    assert f"No. {number} is stored otherwise" in printed(made_up, sam)
    assert "had gin" not in printed(made_up, sam)
    answer = sam.get(reverse("proof:receipt", args=[made_up.jay.book, number]))
    assert answer.status_code == 409
    assert "no receipt is given" in as_shown(answer)


def test_a_line_that_is_gone_is_told_and_the_entry_is_shown(made_up: MadeUp, sam: Client) -> None:
    number = made_up.write(made_up.jay, "We had tea.").numbers[made_up.jay.book]
    edit("DELETE FROM chronology_line WHERE book_id = %s AND number = %s", made_up.jay.book, number)
    assert OTHERWISE in page(made_up, sam, number)
    assert "We had tea." in page(made_up, sam, number)
    assert f"No. {number} is stored otherwise" in printed(made_up, sam)
    assert "We had tea." in printed(made_up, sam)


def test_a_line_of_no_entry_is_in_no_print(made_up: MadeUp, sam: Client) -> None:
    number = made_up.write(made_up.jay, "We had tea.").numbers[made_up.jay.book]
    columns = ", ".join(COLUMNS)
    edit(
        f"INSERT INTO chronology_line (book_id, number, {columns})"  # noqa: S608 (our own names)
        f" SELECT book_id, number + 50, {columns} FROM chronology_line WHERE book_id = %s"
        " AND number = %s",
        made_up.jay.book,
        number,
    )
    assert f"No. {number + 50} is stored otherwise" in printed(made_up, sam)
    assert printed(made_up, sam).count("We had tea.") == 1


@pytest.mark.parametrize("column", ["full_name", "called", "short_name", "wide_name"])
def test_another_name_of_the_child_is_told(column: str, made_up: MadeUp, sam: Client) -> None:
    number = made_up.write(made_up.jay, "We had tea.").numbers[made_up.jay.book]
    edit(f"UPDATE homes_child SET {column} = 'Quentin' WHERE id = %s", made_up.jay.book)  # noqa: S608
    shown = page(made_up, sam, number)
    assert "The child’s name or birth that casebound shows is not the one" in shown
    assert UNCHANGED not in shown
    assert "name or birth on this print is not the one" in printed(made_up, sam)


def test_the_quick_check_works_some_lines_out_again(made_up: MadeUp) -> None:
    done = made_up.write(made_up.jay, "We had tea.")
    assert list(check_sample(quickly=True)) == []
    edit("UPDATE chronology_line SET late = NOT late WHERE leaf = %s", done.index)
    [problem] = check_sample(quickly=True)
    assert problem.words.startswith(
        f"Book {made_up.jay.book}, no. {done.numbers[made_up.jay.book]}"
    )
    assert list(check_sample(quickly=False)) == []


def test_while_the_room_waits_to_be_remade_the_sealed_words_are_vouched_for(
    made_up: MadeUp, sam: Client
) -> None:
    number = made_up.write(made_up.jay, "We had tea.").numbers[made_up.jay.book]
    edit("UPDATE chronology_line SET body = replace(body, 'had tea', 'had gin')")
    Reach.objects.filter(room="chronology").update(version="old")
    shown = page(made_up, sam, number)
    assert UNCHANGED in shown
    assert "We had tea." in shown


def test_a_print_that_is_as_sealed_says_nothing_of_it(made_up: MadeUp, sam: Client) -> None:
    whole_life(made_up)
    assert "stored otherwise" not in printed(made_up, sam)
    assert "is not the one" not in printed(made_up, sam)
