"""One mechanism for every clock: opened by an entry, closed by an entry."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from casebound.foundation.base.ids import BookId, EntryId, HomeId, WorkerId
from casebound.ledger.projecting.rows import Rows
from casebound.ledger.sealing.reads import ReadEntry
from casebound.people.duties.entries import (
    WHOLE,
    DutyKind,
    Ended,
    Subject,
    SubjectKind,
    close_duty,
    close_following,
    close_in_book,
    end_duties,
    open_duty,
)
from casebound.people.duties.models import Duty
from casebound.people.duties.reads import (
    AT_MOST,
    done_lately,
    duties_about,
    duties_as_projected,
    duties_in,
    duties_of,
)
from tests.readers import MANAGER, reader

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P43"), pytest.mark.every_clock]
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
    assigned_to: WorkerId = SAM,
    due: datetime = NOW,
) -> None:
    rows = Rows()
    open_duty(
        rows, kind, about=entry(leaf, book=book), book=book, home=home, assigned_to=assigned_to,
        since=due - timedelta(days=1), due=due,
    )  # fmt: skip
    rows.send()


def closed(about: int, *, by: int, kind: DutyKind = WRITE) -> None:
    rows = Rows()
    close_duty(rows, kind, about=about, by=entry(by))
    rows.send()


def numbers(at: datetime = NOW) -> list[int]:
    return [duty.number for duty in duties_of(reader(SAM), books=[JAY], at=at)]


def test_a_duty_says_what_to_do_about_which_page_and_by_which_rule() -> None:
    opened(5)

    [duty] = duties_of(reader(SAM), books=[JAY], at=NOW)

    assert (duty.what, duty.rule, duty.key) == (WRITE.what, "P43", "notes/write-up")
    assert (duty.book, duty.number, duty.assigned_to, duty.due_at) == (JAY, 5, SAM, NOW)


def test_a_duty_is_overdue_only_after_its_very_instant() -> None:
    opened(5, due=NOW)

    overdue = [
        duties_of(reader(SAM), books=[JAY], at=moment)[0].overdue
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
    opened(6, assigned_to=KIT)
    opened(7, book=NOOR, home=ELM)

    assert numbers() == [5]
    assert duties_of(reader(SAM), books=[], at=NOW) == []


def test_books_show_what_waits_on_anybody_there() -> None:
    opened(5)
    opened(6, assigned_to=KIT)
    opened(7, book=NOOR, home=ELM)

    assert [duty.number for duty in duties_in([JAY, NOOR], reader=MANAGER, at=NOW)] == [5, 6, 7]
    assert [duty.number for duty in duties_in([NOOR], reader=MANAGER, at=NOW)] == [7]


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
        assert len(duties_of(reader(SAM), books=[JAY], at=NOW)) == duties
    with django_assert_num_queries(1, using="derived"):
        assert len(duties_in([JAY], reader=MANAGER, at=NOW)) == duties


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


# One of several, on a worker or on the managers of the book, and what did it


SPEAK = DutyKind(
    key="control/user", what="Speak with them", rule="reg 35(3)(b)", form="spoken_to_user"
)
SAMS = Subject(SubjectKind.PERSON, SAM, "Sam Okafor")
KITS = Subject(SubjectKind.PERSON, KIT, "Kit Adeyemi")
A_DAY = timedelta(days=1)


def waiting(
    leaf: int,
    subject: Subject = WHOLE,
    *,
    worker: str = "",
    managers: bool = True,
    root: int | None = None,
    barred: tuple[str, ...] = (),
) -> None:
    rows = Rows()
    open_duty(
        rows, SPEAK, about=entry(leaf), book=JAY, home=OAK, assigned_to=worker,
        managers=managers, barred=barred, subject=subject, since=NOW, due=NOW + 2 * A_DAY,
        goal=NOW + A_DAY, root=root,
    )  # fmt: skip
    rows.send()


def followed(root: int, *, by: int, subject: Subject = WHOLE, how: Ended = Ended.DONE) -> None:
    rows = Rows()
    close_following(rows, SPEAK.key, root=root, by=entry(by), subject=subject, how=how)
    rows.send()


def open_ones() -> list[str]:
    return [duty.subject.name for duty in duties_in([JAY], reader=MANAGER, at=NOW)]


@pytest.mark.policy("P49")
def test_one_entry_asks_for_one_thing_of_each_and_each_is_done_alone() -> None:
    waiting(5, SAMS)
    waiting(5, KITS)
    assert sorted(open_ones()) == ["Kit Adeyemi", "Sam Okafor"]

    followed(5, by=9, subject=SAMS)

    assert open_ones() == ["Kit Adeyemi"]


def test_what_follows_a_later_entry_of_the_chain_is_done_by_its_first_one_s_follower() -> None:
    waiting(7, root=5)

    followed(6, by=9)
    assert len(open_ones()) == 1
    followed(5, by=9)

    assert open_ones() == []


def test_what_waits_on_the_managers_is_theirs_where_they_manage_and_may_do_it() -> None:
    waiting(5, SAMS)
    waiting(6, KITS, barred=(KIT,))

    def theirs(worker: WorkerId, managed: list[BookId]) -> int:
        return len(duties_of(reader(worker, answers_for=tuple(managed)), books=[JAY], at=NOW))

    assert theirs(SAM, [JAY]) == 2
    assert theirs(SAM, []) == theirs(SAM, [NOOR]) == 0
    assert theirs(KIT, [JAY]) == 1


def test_a_duty_can_wait_on_its_author_and_on_the_managers() -> None:
    waiting(5, worker=SAM)

    assert len(duties_of(reader(SAM), books=[JAY], at=NOW)) == 1
    assert len(duties_of(reader(KIT, answers_for=(JAY,)), books=[JAY], at=NOW)) == 1
    assert duties_of(reader(KIT), books=[JAY], at=NOW) == []


def test_a_duty_names_its_goal_its_limit_and_the_form_it_is_done_with() -> None:
    waiting(5, SAMS)

    [duty] = duties_in([JAY], reader=MANAGER, at=NOW + A_DAY + A_MOMENT)

    assert (duty.goal_at, duty.due_at) == (NOW + A_DAY, NOW + 2 * A_DAY)
    assert (duty.form, duty.subject, duty.subject.name) == ("spoken_to_user", SAMS, "Sam Okafor")
    assert (duty.overdue, duty.assigned_to, duty.managers) == (False, None, True)


def test_what_was_done_says_who_did_it_with_which_entry_and_whether_in_time() -> None:
    opened(5, due=NOW)
    opened(6, due=NOW - A_MOMENT)
    closed(5, by=9)
    closed(6, by=10)

    done = {
        duty.number: duty for duty in done_lately([JAY], reader=MANAGER, since=NOW - A_DAY, at=NOW)
    }

    assert {number: duty.in_time for number, duty in done.items()} == {5: True, 6: False}
    assert (done[5].done_by, done[5].done_number, done[5].ended) == (SAM, 9, Ended.DONE)
    assert not done[6].overdue


def test_a_worker_sees_what_they_did_and_what_waited_on_them() -> None:
    opened(5, assigned_to=KIT)
    closed(5, by=9)

    def of(worker: WorkerId) -> int:
        return len(done_lately([JAY], reader=reader(worker), own=True, since=NOW - A_DAY, at=NOW))

    assert of(SAM) == of(KIT) == 1
    assert of(WorkerId("7" * 32)) == 0
    assert done_lately([JAY], reader=MANAGER, since=NOW + A_MOMENT, at=NOW) == []
    assert done_lately([NOOR], reader=MANAGER, since=NOW - A_DAY, at=NOW) == []


@pytest.mark.parametrize("how", [Ended.STRUCK, Ended.MISFILED])
def test_what_an_entry_asked_for_ends_with_the_entry_and_says_so(how: Ended) -> None:
    waiting(5, SAMS)
    waiting(6)
    rows = Rows()
    end_duties(rows, about=5, book=JAY, by=entry(9), how=how)
    rows.send()

    assert [duty.number for duty in duties_in([JAY], reader=MANAGER, at=NOW)] == [6]
    [ended] = duties_about(5, reader=MANAGER, book=JAY, at=NOW)
    assert ended.ended is how


def test_the_next_of_its_form_in_a_book_ends_what_the_last_one_asked_for() -> None:
    opened(5)
    opened(6, book=NOOR, home=ELM)
    rows = Rows()
    close_in_book(rows, WRITE.key, book=JAY, by=entry(9))
    rows.send()

    assert [duty.number for duty in duties_in([JAY, NOOR], reader=MANAGER, at=NOW)] == [6]


def test_a_projection_reads_what_is_and_was_due_about_an_entry() -> None:
    waiting(5, SAMS)
    waiting(5, KITS)
    followed(5, by=9, subject=SAMS)

    seen = duties_as_projected(5, Rows())

    assert {duty.subject.name: duty.ended for duty in seen} == {
        "Sam Okafor": Ended.DONE,
        "Kit Adeyemi": None,
    }


def test_words_too_long_for_a_line_are_cut_and_not_lost_by_an_error() -> None:
    rows = Rows()
    long = DutyKind(key="action/do", what="Ring the dentist " * 40, rule="P31")
    open_duty(
        rows, long, about=entry(5), book=JAY, home=OAK, assigned_to=SAM, since=NOW, due=NOW,
        subject=Subject(SubjectKind.ACTION, "x" * 200, "name " * 60),
    )  # fmt: skip
    rows.send()

    [duty] = duties_in([JAY], reader=MANAGER, at=NOW)
    assert duty.what.endswith(" …")
    assert len(duty.what) <= 300


@pytest.mark.parametrize("duties", [1, 30])
def test_what_was_done_and_what_is_about_an_entry_is_one_query_each(
    duties: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for leaf in range(duties):
        opened(leaf)
        closed(leaf, by=99)

    with django_assert_num_queries(1, using="derived"):
        assert (
            len(done_lately([JAY], reader=reader(SAM), own=True, since=NOW - A_DAY, at=NOW))
            == duties
        )
    with django_assert_num_queries(1, using="derived"):
        assert len(duties_about(0, reader=MANAGER, book=JAY, at=NOW)) == 1


def test_a_duty_always_waits_on_somebody() -> None:
    opened(5)

    with pytest.raises(IntegrityError), transaction.atomic(using="derived"):
        Duty.objects.update(assigned_to="")
