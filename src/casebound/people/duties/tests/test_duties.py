"""One mechanism for every clock: opened by an entry, closed by an entry."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from casebound.foundation.base.ids import BookId, EntryId, HomeId, WorkerId
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.duties.entries import DutyKind, close_duty, open_duty
from casebound.people.duties.models import Duty
from casebound.people.duties.reads import AT_MOST, duties_at, duties_of

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P43")]
NOW = datetime(2026, 11, 23, 22, 40, tzinfo=UTC)
A_MOMENT = timedelta(seconds=1)
JAY, NOOR = BookId("1" * 32), BookId("2" * 32)
OAK, ELM = HomeId("3" * 32), HomeId("4" * 32)
SAM, KIT = WorkerId("5" * 32), WorkerId("6" * 32)
WRITE = DutyKind(key="notes/write-up", what="Write the entry this note is for", rule="P43")
READ = DutyKind(key="notes/read", what="Read it", rule="P28")


def entry(leaf: int, *, book: BookId = JAY, number: int = 0) -> ReadEntry:
    return ReadEntry(
        leaf, EntryId(f"{leaf:032x}"), NOW, NOW, SAM, {NOOR: 77, book: number or leaf}, ()
    )


def opened(
    leaf: int,
    *,
    kind: DutyKind = WRITE,
    book: BookId = JAY,
    home: HomeId = OAK,
    waits_on: WorkerId = SAM,
    due: datetime = NOW,
) -> None:
    rows = Rows()
    open_duty(
        rows, kind, about=entry(leaf, book=book), book=book, home=home, waits_on=waits_on,
        since=due - timedelta(days=1), due=due,
    )  # fmt: skip
    rows.send()


def closed(about: int, *, by: int, kind: DutyKind = WRITE) -> None:
    rows = Rows()
    close_duty(rows, kind, about=about, by=entry(by))
    rows.send()


def numbers(at: datetime = NOW) -> list[int]:
    return [duty.number for duty in duties_of(SAM, books=[JAY], at=at)]


def test_a_duty_says_what_to_do_about_which_page_and_by_which_rule() -> None:
    opened(5)

    [duty] = duties_of(SAM, books=[JAY], at=NOW)

    assert (duty.what, duty.rule, duty.key) == (WRITE.what, "P43", "notes/write-up")
    assert (duty.book, duty.number, duty.waits_on, duty.due_at) == (JAY, 5, SAM, NOW)


def test_a_duty_is_overdue_only_after_its_very_instant() -> None:
    opened(5, due=NOW)

    overdue = [
        duties_of(SAM, books=[JAY], at=moment)[0].overdue
        for moment in (NOW - A_MOMENT, NOW, NOW + A_MOMENT)
    ]

    assert overdue == [False, False, True]


def test_a_duty_that_was_done_is_due_no_more_and_says_what_did_it() -> None:
    opened(5)
    closed(5, by=9)

    assert numbers() == []
    row = Duty.objects.get()
    assert (row.done_index, row.done_at, row.done_by) == (9, NOW, SAM)


def test_what_was_done_stays_done_by_the_first_that_did_it() -> None:
    opened(5)
    closed(5, by=9)
    closed(5, by=12)

    assert Duty.objects.get().done_index == 9


def test_doing_one_thing_does_no_other() -> None:
    opened(5)
    opened(5, kind=READ)
    opened(6)
    closed(5, by=9)
    closed(99, by=9)

    assert Duty.objects.filter(done_at=None).count() == 2


def test_what_waits_on_one_is_not_shown_to_another_and_not_of_a_book_they_do_not_read() -> None:
    opened(5)
    opened(6, waits_on=KIT)
    opened(7, book=NOOR, home=ELM)

    assert numbers() == [5]
    assert duties_of(SAM, books=[], at=NOW) == []


def test_a_home_shows_what_waits_on_anybody_there() -> None:
    opened(5)
    opened(6, waits_on=KIT)
    opened(7, book=NOOR, home=ELM)

    assert [one.number for one in duties_at([OAK], books=[JAY, NOOR], at=NOW)] == [5, 6]
    assert duties_at([OAK], books=[NOOR], at=NOW) == []


def test_what_is_due_soonest_comes_first() -> None:
    for leaf, hours in ((5, 3), (6, 1), (7, 2)):
        opened(leaf, due=NOW + timedelta(hours=hours))

    assert numbers() == [6, 7, 5]


@pytest.mark.parametrize("duties", [1, 30])
def test_what_is_due_is_one_query_however_much(
    duties: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for leaf in range(duties):
        opened(leaf)

    with django_assert_num_queries(1, using="derived"):
        assert len(duties_of(SAM, books=[JAY], at=NOW)) == duties
    with django_assert_num_queries(1, using="derived"):
        assert len(duties_at([OAK], books=[JAY], at=NOW)) == duties


def test_the_list_is_bounded() -> None:
    for leaf in range(AT_MOST + 1):
        opened(leaf)

    assert len(numbers()) == AT_MOST


def test_a_duty_is_never_done_by_nobody() -> None:
    opened(5)

    with pytest.raises(IntegrityError), transaction.atomic(using="derived"):
        Duty.objects.update(done_at=NOW)


def test_a_row_names_itself_without_a_person() -> None:
    opened(5)

    assert str(Duty.objects.get()) == "duty notes/write-up#5"
