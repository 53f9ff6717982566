"""Which doses are due when: by the prescription that holds, in London's time."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebound.foundation.base.times import LONDON
from casebound.record.medicines.due import DoseState, DueDose, Windows, due_doses
from casebound.record.medicines.values import (
    Dose,
    Prescription,
    Said,
    doses_in,
    due_near,
    on_clock,
    prescriptions_in,
)

DAY = date(2026, 11, 23)  # a Monday
A_DAY = timedelta(days=1)


def said(form: str, leaf: int, at: datetime, *, root: int | None = 1, **answers: Any) -> Said:
    return Said(
        leaf=leaf,
        number=leaf,
        form=form,
        root=root,
        about=root,
        at=at,
        due_at=due_near(answers.get("due_at", ""), at),
        author="Sam Okafor",
        answers=answers,
    )


def prescribed(at: datetime, *times: str, leaf: int = 1, **answers: Any) -> Said:
    form = "prescription" if leaf == 1 else "prescription_change"
    rows = [{"at": clock} for clock in times]
    return said(
        form, leaf, at, medicine="Amoxicillin", dose="5 ml", given="regular", times=rows, **answers
    )


def dose(leaf: int, at: datetime, due_at: str = "", taken: str = "taken") -> Dose:
    return doses_in([said("medicine_given", leaf, at, due_at=due_at, taken=taken, dose="5 ml")])[0]


def one(*entries: Said) -> Prescription:
    (prescription,) = prescriptions_in(entries)
    return prescription


def times_of(prescription: Prescription, days: int, *doses: Dose) -> list[str]:
    return [f"{due.at.astimezone(LONDON):%d %H:%M}" for due in _due(prescription, days, *doses)]


def _due(prescription: Prescription, days: int, *doses: Dose) -> list[DueDose]:
    return due_doses(
        [prescription],
        doses,
        since=on_clock(DAY, time()),
        until=on_clock(DAY + days * A_DAY, time()),
    )


def at(clock: str, day: date = DAY) -> datetime:
    return on_clock(day, time.fromisoformat(clock))


def test_nothing_is_due_before_the_prescription_was_written() -> None:
    assert times_of(one(prescribed(at("09:30"), "08:00", "20:00")), 2) == [
        "23 20:00", "24 08:00", "24 20:00",
    ]  # fmt: skip


def test_a_change_in_the_middle_of_a_day_holds_from_its_moment() -> None:
    first = prescribed(at("00:00"), "08:00", "20:00")
    changed = prescribed(at("12:00"), "09:00", "21:00", leaf=2)

    assert times_of(one(first, changed), 2) == ["23 08:00", "23 21:00", "24 09:00", "24 21:00"]


def test_a_course_ends_with_its_last_day_and_a_stop_at_its_moment() -> None:
    course = prescribed(at("00:00"), "08:00", "16:00", ends_on="2026-11-24")
    stopped = said("prescription_stopped", 3, at("12:00", DAY + A_DAY), why="The course is over")

    assert times_of(one(course), 4)[-1] == "24 16:00"
    assert times_of(one(course, stopped), 4)[-1] == "24 08:00"


def test_seven_days_three_times_are_twenty_one_doses() -> None:
    course = prescribed(at("00:00"), "08:00", "14:00", "20:00", ends_on="2026-11-29")

    assert len(times_of(one(course), 30)) == 21


def test_some_days_of_the_week_and_every_third_day() -> None:
    weekly = prescribed(at("00:00"), "08:00", days=["0", "3"])
    patch = prescribed(at("00:00"), "08:00", every=3)

    assert times_of(one(weekly), 8) == ["23 08:00", "26 08:00", "30 08:00"]
    assert times_of(one(patch), 7) == ["23 08:00", "26 08:00", "29 08:00"]


def test_a_dose_after_midnight_is_the_one_due_before_it() -> None:
    assert due_near("23:45", at("00:10", DAY + A_DAY)) == at("23:45")
    assert due_near("00:15", at("23:50")) == at("00:15", DAY + A_DAY)


def test_a_dose_becomes_due_then_missed_or_not_recorded_and_an_entry_settles_it() -> None:
    (due,) = _due(one(prescribed(at("00:00"), "08:00")), 1)
    (recorded,) = _due(
        one(prescribed(at("00:00"), "08:00")), 1, dose(5, at("08:02"), "08:00", "declined")
    )
    windows = Windows(late=timedelta(hours=1), early=timedelta(minutes=30))

    stands = [due.state(at(clock), windows) for clock in ("07:29", "07:30", "09:00", "09:01")]

    assert stands == [DoseState.LATER, DoseState.NOW, DoseState.NOW, DoseState.NOT_RECORDED]
    assert recorded.state(at("23:00"), windows) is DoseState.RECORDED


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)], ids=["spring", "autumn"])
def test_every_time_of_day_is_due_once_on_the_day_the_clocks_change(day: date) -> None:
    prescription = one(prescribed(on_clock(day - A_DAY, time()), "01:30", "08:00"))
    found = due_doses(
        [prescription], [], since=on_clock(day, time()), until=on_clock(day + A_DAY, time())
    )

    assert len(found) == 2
    assert [due.at for due in found] == sorted(due.at for due in found)


@given(
    clocks=st.lists(st.times().map(lambda t: t.replace(second=0, microsecond=0)), min_size=1,
                    max_size=4, unique=True),
    days=st.integers(1, 20),
    every=st.integers(1, 4),
    recorded=st.sets(st.integers(0, 60)),
    first=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
)  # fmt: skip
def test_each_time_of_each_day_is_due_once_and_each_entry_settles_its_own(
    clocks: list[time], days: int, every: int, recorded: set[int], first: date
) -> None:
    texts = [f"{clock:%H:%M}" for clock in clocks]
    begins = on_clock(first, time())
    prescription = one(prescribed(begins, *texts, every=every, starts_on=first.isoformat()))
    until = on_clock(first + days * A_DAY, time())

    due = due_doses([prescription], [], since=begins, until=until)

    on = [day for day in range(days) if day % every == 0]
    assert len(due) == len(on) * len(clocks)
    assert len({each.at for each in due}) == len(due) or date(2026, 3, 29) <= first + days * A_DAY
    settled = [each for place, each in enumerate(due) if place in recorded]
    doses = [
        dose(10 + place, each.at, f"{each.at.astimezone(LONDON):%H:%M}")
        for place, each in enumerate(settled)
        if f"{each.at.astimezone(LONDON):%H:%M}" in texts  # a time that is left out in March
    ]
    after = due_doses([prescription], doses, since=begins, until=until)
    assert {each.at for each in after if each.recorded} == {each.due_at for each in doses}
    assert all(
        each.state(datetime(2030, 1, 1, tzinfo=UTC)) is not DoseState.LATER for each in after
    )
