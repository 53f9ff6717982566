"""The home's year, and the notices of who came and who left (regs 41, 44 to 46)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from casebound.foundation.base.calendar import (
    day_of,
    end_of,
    end_of_month,
    end_of_year,
    months_after,
)
from casebound.foundation.base.ids import BookId
from casebound.people.duties.reads import DutySeen, done_lately, duties_in
from casebound.people.homes.actions import admit_child, begin_placement
from casebound.people.homes.reads import home, office
from tests.made_up import Child, MadeUp
from tests.readers import MANAGER

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P43")]
BIRTHDAYS = {"age/sixteen", "age/eighteen"}


def of_home(made_up: MadeUp) -> dict[str, DutySeen]:
    oak = home(made_up.oak)
    assert oak is not None
    return {duty.key: duty for duty in duties_in([oak.book], reader=MANAGER, at=made_up.now)}


def test_a_home_s_year_begins_when_it_opens(made_up: MadeUp) -> None:
    opened = day_of(made_up.began)

    due = of_home(made_up)

    assert {key: duty.due_at for key, duty in due.items()} == {
        "visit/monthly": end_of(end_of_month(opened, later=1)),
        "quality/review": end_of(months_after(opened, 6)),
        "location/review": end_of(end_of_year(opened)),
    }
    assert all(duty.managers and duty.assigned_to is None for duty in due.values())


def test_the_provider_s_office_is_no_home(made_up: MadeUp) -> None:
    found = office()
    assert found is not None
    assert duties_in([found.book], reader=MANAGER, at=made_up.now) == []


def test_an_admission_and_a_leaving_ask_for_a_notice(made_up: MadeUp) -> None:
    keys = {duty.key for duty in duties_in([made_up.jay.book], reader=MANAGER, at=made_up.now)}
    left = {duty.key for duty in duties_in([made_up.mika.book], reader=MANAGER, at=made_up.now)}

    for_mika = duties_in([made_up.mika.book], reader=MANAGER, at=made_up.now)
    begin_placement(
        child=made_up.mika.id, home=made_up.elm, from_at=made_up.now, by=made_up.dana.id,
        at=made_up.now,
    )  # fmt: skip
    again = [
        duty
        for duty in duties_in([made_up.mika.book], reader=MANAGER, at=made_up.now)
        if duty not in for_mika
    ]

    assert keys - BIRTHDAYS == {"notice/admission"}
    assert [(duty.key, duty.home) for duty in again] == [("notice/admission", made_up.elm)]
    assert left == {"notice/admission", "notice/discharge"}


def test_a_child_who_came_long_ago_still_asks_for_the_notice_and_it_may_say_when_it_was_given(
    made_up: MadeUp,
) -> None:
    came = made_up.now - timedelta(days=300)
    child = admit_child(
        home=made_up.oak, full_name="Perrin Holloway", called="Perrin", pronouns="he, him",
        born_on=date(2013, 5, 4), face=2, from_at=came, by=made_up.dana.id, at=made_up.now,
    )  # fmt: skip
    book = BookId(child)

    def notices() -> list[DutySeen]:
        return [
            duty
            for duty in duties_in([book], reader=MANAGER, at=made_up.now)
            if duty.key == "notice/admission"
        ]

    [duty] = notices()
    assert duty.due_at == came.replace(microsecond=0) + timedelta(hours=24)
    assert duty.overdue
    perrin = Child(child, "Perrin Holloway", "Perrin")
    made_up.write(
        perrin, form="admission_notice", by=made_up.dana, after=timedelta(days=300, hours=-3)
    )
    assert notices() == []
    [done] = done_lately([book], reader=MANAGER, since=came, at=made_up.now)
    assert done.in_time


def test_a_visit_of_december_that_is_signed_in_january_was_in_time(made_up: MadeUp) -> None:
    signed = made_up.now
    visited = made_up.began + timedelta(days=20)
    made_up.write(
        made_up.house(made_up.oak),
        form="independent_visit",
        by=made_up.dana,
        after=signed - visited,
    )

    oak = home(made_up.oak)
    assert oak is not None
    ended = done_lately([oak.book], reader=MANAGER, since=made_up.began, at=signed)
    [visit] = [duty for duty in ended if duty.key == "visit/monthly"]
    assert visit.done_at == visited.replace(microsecond=0)
    assert visit.in_time
    [waiting] = [duty for duty in of_home(made_up).values() if duty.key == "visit/monthly"]
    assert waiting.due_at == end_of(end_of_month(day_of(visited), later=1))

    # A visit of an earlier day that is signed later neither ends the next one nor asks for another.
    made_up.write(
        made_up.house(made_up.oak), form="independent_visit", by=made_up.dana,
        after=signed - visited + timedelta(days=1),
    )  # fmt: skip
    assert of_home(made_up)["visit/monthly"] == waiting


def test_sixteen_and_eighteen_are_asked_for_when_they_come(made_up: MadeUp) -> None:
    def birthdays(at: datetime) -> dict[str, datetime]:
        found = duties_in([made_up.jay.book], reader=MANAGER, at=at)
        return {duty.key: duty.due_at for duty in found if duty.key in BIRTHDAYS}

    # Jay is born on 29 February 2012.
    assert birthdays(datetime(2027, 6, 1, tzinfo=UTC)) == {}
    sixteen = birthdays(datetime(2028, 2, 29, 9, tzinfo=UTC))
    assert sixteen == {"age/sixteen": end_of(date(2028, 5, 29))}
    both = birthdays(datetime(2030, 2, 28, 9, tzinfo=UTC))
    assert both["age/eighteen"] == end_of(date(2030, 2, 28))
