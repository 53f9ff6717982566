"""Who looked at which pages, and when: kept, and barred."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connections, transaction
from pytest_django import DjangoAssertNumQueries

from casebound.foundation.base.ids import BookId
from casebound.people.access.actions import note_reading, note_readings
from casebound.people.access.models import Reading
from casebound.people.access.readings import LONGEST, check_reading, readings
from casebound.people.access.reads import SeenBook, seen_book
from casebound.people.homes.tests import build
from casebound.people.homes.tests.build import BEGAN, SAM

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P63")]
NOW = BEGAN + timedelta(days=100)


@pytest.fixture
def book() -> SeenBook:
    build.provider()
    oak = build.home("Oak House")
    jay = build.child(oak)
    build.appoint("senior", oak)
    found = seen_book(SAM, BookId(jay), at=NOW)
    assert found is not None
    return found


def test_a_look_is_kept_with_who_what_and_when(book: SeenBook) -> None:
    note_reading(book, what="book", first=3, last=27, at=NOW)

    row = Reading.objects.get()
    assert (row.at, row.worker_id, row.book_id) == (NOW, SAM, book.id)
    assert (row.what, row.first, row.last) == ("book", 3, 27)


def test_several_looks_are_one_statement_and_none_is_none(
    book: SeenBook, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        note_readings([], what="search", at=NOW)
    note_readings([(book, 1, 1), (book, 4, 4)], what="search", at=NOW)

    assert list(Reading.objects.order_by("id").values_list("first", flat=True)) == [1, 4]


@pytest.mark.django_db(transaction=True)
def test_a_look_is_there_for_everybody_as_soon_as_it_is_noted(book: SeenBook) -> None:
    note_reading(book, what="entry", first=2, last=2, at=NOW)
    connections["default"].close()

    assert Reading.objects.get().first == 2


@pytest.mark.policy("P64")
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE read_trail SET first = 9",
        "UPDATE read_trail SET id = id",
        "DELETE FROM read_trail",
    ],
)
def test_a_look_is_never_changed_or_removed(book: SeenBook, change: str) -> None:
    note_reading(book, what="entry", first=2, last=2, at=NOW)

    with (
        pytest.raises(DatabaseError, match="barred"),
        transaction.atomic(using="default"),
        connections["default"].cursor() as cursor,
    ):
        cursor.execute(change)

    assert Reading.objects.get().first == 2


@pytest.mark.sqlite
@pytest.mark.policy("P64")
def test_a_look_is_not_replaced_either(book: SeenBook) -> None:
    note_reading(book, what="entry", first=2, last=2, at=NOW)

    with (
        pytest.raises(DatabaseError, match="barred"),
        transaction.atomic(using="default"),
        connections["default"].cursor() as cursor,
    ):
        cursor.execute(
            "INSERT OR REPLACE INTO read_trail"
            " SELECT id, at, worker_id, book_id, what, 9, 9, under, device, network, why"
            " FROM read_trail"
        )

    assert Reading.objects.get().first == 2


@pytest.mark.postgres
@pytest.mark.policy("P64")
@pytest.mark.parametrize("before", ["SELECT 1", "SET LOCAL session_replication_role = replica"])
@pytest.mark.parametrize("change", ["TRUNCATE read_trail", "DELETE FROM read_trail"])
def test_the_trail_is_not_emptied_in_any_role(book: SeenBook, before: str, change: str) -> None:
    note_reading(book, what="entry", first=2, last=2, at=NOW)

    with transaction.atomic(using="default"), connections["default"].cursor() as cursor:
        cursor.execute(before)
        with pytest.raises(DatabaseError, match="barred"), transaction.atomic(using="default"):
            cursor.execute(change)

    assert Reading.objects.count() == 1


def test_a_row_of_the_trail_names_no_person(book: SeenBook) -> None:
    note_reading(book, what="print", first=1, last=2, at=NOW)

    row = Reading.objects.get()
    assert str(row) == f"reading {row.pk}"


def test_a_reading_that_no_room_declares_is_an_error_of_ours_and_not_put_on_the_trail() -> None:
    check_reading("book")

    with pytest.raises(ValueError, match="READINGS"):
        check_reading("glance")


def test_every_word_of_the_trail_says_what_the_person_did() -> None:
    assert readings()["print"] == "printed pages of the book"
    assert all(len(word) <= LONGEST for word in readings())
