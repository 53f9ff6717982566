"""Pages of a book by key: every line once, whichever way one turns them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from casebound.foundation.base.ids import BookId, HomeId, WorkerId
from casebound.foundation.base.times import LONDON
from casebound.people.access.allowed import Basis
from casebound.people.access.reads import SeenBook
from casebound.people.rights.rights import role_of
from casebound.people.rights.shape import Situation
from casebound.reading.chronology import reads
from casebound.reading.chronology.models import Line
from casebound.reading.chronology.reads import BadPlaceError, BookPage, LinesWanted, page
from casebound.record.rendering.entry_view import EntryView, to_row
from tests.readers import MANAGER

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
A_DAY = timedelta(days=1)
KIT = WorkerId("6" * 32)
BOOK = SeenBook(
    id=BookId("1" * 32),
    child=None,
    home=HomeId("2" * 32),
    home_name="Oak House",
    title="Jay",
    worker=WorkerId("5" * 32),
    bases=(Basis(role_of("residential_worker"), Situation.LIVES_HERE),),
)
ENTRY = EntryView(number=1, form="Note", happened="", signed="", author="", role="")
OTHER = replace(BOOK, id=BookId("3" * 32))


def lines(*happened: datetime, book: SeenBook = BOOK, form: str = "note",
          author: WorkerId = BOOK.worker) -> None:  # fmt: skip
    """Put lines into a book as its projection does: the first is no. 1."""
    first = Line.objects.filter(book_id=book.id).count() + 1
    Line.objects.bulk_create(
        Line(
            book_id=book.id, number=number, happened_at=at, signed_at=at, form=form,
            author_id=author, home_id=book.home, entry_id=f"{number:032x}", leaf=number,
            late=False, state="", body=to_row(ENTRY),
            staff_html=f"<p>{number}</p>",
        )
        for number, at in enumerate(happened, first)
    )  # fmt: skip


def older(wanted: LinesWanted, count: int, book: SeenBook = BOOK) -> Iterator[BookPage]:
    while True:
        shown = page(book, wanted, count=count)
        yield shown
        if not shown.older:
            return
        wanted = replace(wanted, before=shown.older, upto=None)


def newer(shown: BookPage, wanted: LinesWanted, count: int) -> Iterator[BookPage]:
    while shown.newer:
        shown = page(BOOK, replace(wanted, after=shown.newer), count=count)
        yield shown


def numbers(pages: Iterable[BookPage]) -> list[int]:
    return [number for page in pages for number in page.numbers]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    times=st.lists(st.integers(0, 6), max_size=25),
    count=st.integers(1, 6),
)
def test_turning_pages_either_way_shows_every_line_exactly_once(
    db: None,  # noqa: ARG001
    times: list[int],
    count: int,
) -> None:
    with transaction.atomic(using="derived"):
        happened = [NOON + timedelta(hours=hours) for hours in times]
        lines(*happened)
        lines(NOON, NOON, book=OTHER)
        in_order = [
            number
            for _, number in sorted(zip(happened, range(1, len(happened) + 1), strict=True),
                                    reverse=True)
        ]  # fmt: skip

        back = list(older(LinesWanted(), count))
        assert numbers(back) == in_order
        forth = [back[-1], *newer(back[-1], LinesWanted(), count)]
        assert [n for page in reversed(forth) for n in page.numbers] == in_order
        assert back[0].newer == ""
        transaction.set_rollback(True, using="derived")


def test_a_page_holds_as_many_lines_as_asked_and_says_whether_there_are_more() -> None:
    lines(*[NOON] * 26)

    first = page(BOOK, LinesWanted())
    second = page(BOOK, LinesWanted(before=first.older))

    assert (len(first.lines), first.newer) == (25, "")
    assert (second.lines, second.numbers, second.older) == (["<p>1</p>"], [1], "")
    assert page(BOOK, LinesWanted(after=second.newer)).numbers == first.numbers


def test_a_page_that_is_just_full_has_nothing_behind_it() -> None:
    lines(*[NOON] * 25)

    assert page(BOOK, LinesWanted()).older == ""


def test_a_book_without_lines_is_an_empty_page() -> None:
    assert page(BOOK, LinesWanted()) == BookPage([], [], "", "")


def test_pages_go_on_in_summer_as_in_winter() -> None:
    june = datetime(2026, 6, 21, 12, tzinfo=UTC)
    lines(*[june + n * timedelta(minutes=10) for n in range(6)])
    first = page(BOOK, LinesWanted(), count=3)

    assert page(BOOK, LinesWanted(before=first.older), count=3).numbers == [3, 2, 1]


def test_a_line_written_meanwhile_moves_no_place() -> None:
    lines(*[NOON + n * A_DAY for n in range(6)])
    first = page(BOOK, LinesWanted(), count=3)
    lines(NOON + 9 * A_DAY)

    assert page(BOOK, LinesWanted(before=first.older), count=3).numbers == [3, 2, 1]


def test_filters_leave_only_what_fits_and_page_on() -> None:
    lines(*[NOON] * 3, form="daily_log")
    lines(*[NOON] * 3, form="note")
    lines(*[NOON] * 3, form="note", author=KIT)

    assert numbers(older(LinesWanted(form="note"), 2)) == [9, 8, 7, 6, 5, 4]
    assert numbers(older(LinesWanted(author=KIT), 2)) == [9, 8, 7]
    assert numbers(older(LinesWanted(form="daily_log", author=KIT), 2)) == []


def test_a_day_is_the_whole_day_in_london() -> None:
    midnight = datetime(2026, 7, 2, 0, 0, tzinfo=LONDON).astimezone(UTC)
    second = timedelta(seconds=1)
    lines(midnight - second, midnight, midnight + A_DAY - second, midnight + A_DAY)

    assert page(BOOK, LinesWanted(upto=date(2026, 7, 1))).numbers == [1]
    assert page(BOOK, LinesWanted(upto=date(2026, 7, 2))).numbers == [3, 2, 1]
    assert page(BOOK, LinesWanted(upto=date(2026, 7, 3))).numbers == [4, 3, 2, 1]


def test_from_a_day_one_can_turn_to_newer_lines_as_well() -> None:
    lines(*[NOON + n * A_DAY for n in range(6)])
    shown = page(BOOK, LinesWanted(upto=NOON.date() + 2 * A_DAY), count=2)

    assert shown.numbers == [3, 2]
    assert page(BOOK, LinesWanted(after=shown.newer), count=2).numbers == [5, 4]


def test_where_nothing_is_newer_the_newest_page_is_shown_and_never_an_empty_one() -> None:
    lines(*[NOON + n * A_DAY for n in range(3)])
    shown = page(BOOK, LinesWanted(upto=NOON.date() + 9 * A_DAY), count=2)

    again = page(BOOK, LinesWanted(after=shown.newer), count=2)

    assert again.numbers == [3, 2]
    assert again.newer == ""


@pytest.mark.parametrize(
    "place",
    ["x", "1", ".", "1.", ".1", "1.x", "x.1", "1.1.1", "--1.1", "1.-1", "²." + "1", "٣.٤",
     "9" * 30 + ".1", "1." + "9" * 30, "999999999999.1", "1.1\x00", "1 1", " 1.1"],
)  # fmt: skip
def test_a_place_that_was_never_given_out_is_refused(place: str) -> None:
    lines(NOON)

    with pytest.raises(BadPlaceError):
        page(BOOK, LinesWanted(before=place))
    with pytest.raises(BadPlaceError):
        page(BOOK, LinesWanted(after=place))


def test_a_place_before_1970_is_a_place() -> None:
    lines(datetime(1950, 1, 1, tzinfo=UTC), datetime(1950, 1, 2, tzinfo=UTC))

    first = page(BOOK, LinesWanted(), count=1)

    assert first.older.startswith("-")
    assert page(BOOK, LinesWanted(before=first.older)).numbers == [1]


@pytest.mark.parametrize("count", [1, 30])
def test_a_page_is_one_query_however_long(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    lines(*[NOON] * count)

    with django_assert_num_queries(1, using="derived"):
        page(BOOK, LinesWanted(form="note", author=BOOK.worker, upto=NOON.date()))


def test_a_row_names_itself_without_a_person() -> None:
    lines(NOON)

    assert str(Line.objects.get()) == f"line 1 of {BOOK.id}"


def test_the_newest_line_of_each_book_and_form_is_found() -> None:
    lines(NOON, NOON + A_DAY, form="daily_log")
    lines(NOON + 2 * A_DAY, form="note")
    lines(NOON, book=OTHER)

    found = reads.last_written([BOOK.id, OTHER.id, BookId("9" * 32)], reader=MANAGER)
    logs = reads.last_written([BOOK.id, OTHER.id], reader=MANAGER, form="daily_log")

    assert {book: number.number for book, number in found.items()} == {BOOK.id: 3, OTHER.id: 1}
    assert {book: number.number for book, number in logs.items()} == {BOOK.id: 2}
