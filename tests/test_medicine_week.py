"""A week of medicines, through the pages: a course begins on Monday and ends on Sunday."""

import re
from datetime import date, datetime, time, timedelta

import pytest
from django.urls import reverse

from casebound.foundation.base.calendar import day_of
from casebound.ledger.sealing.actions import Sealed
from casebound.record.followups.tests.build import due as duties_of_jay
from casebound.record.medicines.month import MonthRecord, month_record
from casebound.record.medicines.reads import due_now, medicines_of
from casebound.record.medicines.values import on_clock
from tests.made_up import MadeUp
from tests.medicines import give, keep, medicines, prescribe

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P11")]
DAYS = 7
TIMES = (time(8), time(14), time(20))


def a_course(made_up: MadeUp) -> tuple[Sealed, list[datetime]]:
    """Prescribe seven days, three times a day, that ended yesterday; return each time."""
    first = day_of(made_up.now) - timedelta(days=DAYS)
    course = prescribe(
        made_up, since=on_clock(first, time(0, 30)), medicine="Amoxicillin",
        strength="250 mg in 5 ml", form="liquid", dose="5 ml", controlled="no",
        times=[{"at": f"{clock:%H:%M}"} for clock in TIMES],
        ends_on=(first + timedelta(days=DAYS - 1)).isoformat(),
    )  # fmt: skip
    return course, [
        on_clock(first + timedelta(days=day), clock) for day in range(DAYS) for clock in TIMES
    ]


def test_a_week_of_medicines(made_up: MadeUp) -> None:
    course, times = a_course(made_up)
    keep(made_up, course, "came_in", "105 ml", at=times[0] - timedelta(hours=1))
    for place, due in enumerate(times):
        at = due + timedelta(minutes=2)
        if place == 4:
            give(made_up, course, due=due, at=at, taken="declined", not_taken_why="It is bitter.")
        elif place == 7:
            give(made_up, course, due=due, at=at, taken="elsewhere", by_whom="School, by phone.")
        elif place != 10:  # this one is forgotten
            give(made_up, course, due=due, at=at, by=made_up.kit if place % 2 else made_up.sam)

    sam = made_up.browser_of(made_up.sam)
    shift = sam.get("/").text
    missed = give(
        made_up, course, due=times[10], taken="not_given", reason="missed",
        not_taken_why="Found on Shift; 111 says to go on.",
    )  # fmt: skip
    begun = sam.post(
        reverse(
            "drafting:follow",
            args=[made_up.jay.book, missed.numbers[made_up.jay.book], "medicine_error"],
        ),
        {"subject_kind": "clock", "subject_id": "medicine/missed"},  # as the button on Shift says
    )
    mistake = sam.get(begun["Location"]).text

    assert "missed, or not recorded" in shift
    assert "Amoxicillin 250 mg in 5 ml: 5 ml" in mistake
    assert re.search(r'value="missed"[^>]*checked', mistake)
    assert "medicine/missed" in {duty.key for duty in duties_of_jay(made_up, made_up.jay)}
    assert due_now([made_up.book(made_up.jay)], at=made_up.now) == []
    (prescription,) = medicines(made_up).prescriptions
    assert prescription.ended(made_up.now)
    page = sam.get(reverse("medicines:medicines", args=[made_up.jay.book])).text
    assert "the course ended on" in page
    words = [box for first in _months(times) for box in _boxes(made_up, first)]
    assert len(words) == DAYS * len(TIMES)
    assert [sum(box[:2] == code for box in words) for code in ("R ", "E ", "M ")] == [1, 1, 1]


def _months(times: list[datetime]) -> list[date]:
    return sorted({day_of(due).replace(day=1) for due in times})


def _boxes(made_up: MadeUp, first: date) -> list[str]:
    child = medicines_of(made_up.book(made_up.jay), since=made_up.now - timedelta(days=40))
    shown: MonthRecord = month_record(child, first, now=made_up.now)
    return [
        words
        for medicine in shown.medicines
        for line in medicine.lines
        for box in line.boxes
        for words in box.words
    ]
