"""That a child was not asked for their view is counted, and goes away when one is heard (P32)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from casebound.ledger.projecting.actions import rebuild
from casebound.ledger.sealing.actions import Sealed
from casebound.record.book.asked import AskedLately, asked_by_book, asked_words
from casebound.record.book.models import ViewAsked
from casebound.record.book.relations import ADDENDUM, STRIKE
from tests.made_up import MadeUp

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P32"), pytest.mark.policy("P33")]
A_DAY = timedelta(days=1)
VIEW = {"text": "“I liked the boat.”", "kind": "view"}


def log(made_up: MadeUp, why: str = "not_asked", *, days_ago: int = 1) -> Sealed:
    at = made_up.now - days_ago * A_DAY
    return made_up.write(made_up.jay, signed_at=at, answers={"view_missing": why})


def heard(made_up: MadeUp, *, days_ago: int = 0) -> Sealed:
    return made_up.write(
        made_up.jay, signed_at=made_up.now - days_ago * A_DAY, answers={}, statements=[VIEW]
    )


def asked(made_up: MadeUp) -> AskedLately:
    book = made_up.book(made_up.jay)
    return asked_by_book([book.id], reader=book.reader, at=made_up.now)[book.id]


def desk(made_up: MadeUp) -> str:
    page = made_up.browser_of(made_up.dana).get(reverse("desk:desk")).text
    return page[page.index('id="not-asked"') : page.index('id="asked"')]


def test_it_is_counted_over_28_days_and_in_a_row(made_up: MadeUp) -> None:
    log(made_up, days_ago=29)
    log(made_up, days_ago=20)
    log(made_up, "did_not_wish", days_ago=10)
    log(made_up, "asleep", days_ago=3)
    log(made_up, days_ago=2)
    log(made_up, days_ago=1)

    assert (asked(made_up).times, asked(made_up).in_a_row) == (3, 2)
    assert not asked(made_up).heard_at


def test_it_stands_at_the_question_while_writing(made_up: MadeUp) -> None:
    last = heard(made_up, days_ago=5)
    for days_ago in (3, 2, 1):
        log(made_up, days_ago=days_ago)
    draft = made_up.draft(made_up.jay)

    page = made_up.browser_of(made_up.sam).get(reverse("drafting:write", args=[draft])).text

    assert last
    assert "Not asked 3 times in the last 28 days; last heard on " in page


def test_three_times_in_a_row_stand_on_the_desk_until_a_view_is_heard(made_up: MadeUp) -> None:
    for days_ago in (3, 2):
        log(made_up, days_ago=days_ago)
    assert "Every child was asked" in desk(made_up)

    last = log(made_up)
    assert "Jay, not asked 3 times in a row" in desk(made_up)
    assert reverse("chronology:book", args=[made_up.jay.book]) in desk(made_up)

    made_up.put_right(made_up.jay, last.numbers[made_up.jay.book], ADDENDUM, statements=[VIEW])
    assert "Every child was asked" in desk(made_up)
    assert asked(made_up).in_a_row == 0


def test_fourteen_days_without_a_view_stand_on_the_desk(made_up: MadeUp) -> None:
    heard(made_up, days_ago=13)
    log(made_up, "did_not_wish")
    assert "Every child was asked" in desk(made_up)

    made_up.now += A_DAY
    assert asked(made_up).is_too_long(made_up.now)
    assert asked_words(asked(made_up), made_up.now).startswith("Last heard on ")


def test_a_withdrawn_entry_does_not_count(made_up: MadeUp) -> None:
    wrong = log(made_up)
    log(made_up, days_ago=2)

    made_up.put_right(made_up.jay, wrong.numbers[made_up.jay.book], STRIKE)

    assert asked(made_up).times == 1


def test_each_child_is_counted_for_themselves(made_up: MadeUp) -> None:
    ash = made_up.admit("Ash Fernside", "Ash", made_up.oak)
    view = {**VIEW, "about": [made_up.jay.id]}
    made_up.write(
        made_up.jay, form="incident", also_about=[ash.id], statements=[{"text": "A row."}, view]
    )

    says = dict(ViewAsked.objects.values_list("book_id", "says"))
    assert says == {made_up.jay.book: "heard"}


@pytest.mark.parametrize("entries", [1, 30])
def test_it_is_one_query_however_much_is_written(
    made_up: MadeUp, entries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for days_ago in range(entries):
        log(made_up, days_ago=days_ago)
    book = made_up.book(made_up.jay)

    with django_assert_num_queries(1, using="derived"):
        asked_by_book([book.id], reader=book.reader, at=made_up.now)


def test_rebuilt_equals_live(made_up: MadeUp) -> None:
    wrong = log(made_up)
    heard(made_up)
    made_up.put_right(made_up.jay, wrong.numbers[made_up.jay.book], STRIKE)
    live = sorted(ViewAsked.objects.values_list())

    rebuild()

    assert sorted(ViewAsked.objects.values_list()) == live
    assert live
