"""A month's record of medicines, as the trade knows it: rows of times, columns of days."""

from datetime import timedelta

import pytest
from django.urls import reverse

from casebound.foundation.base.calendar import day_of
from casebound.foundation.base.times import LONDON
from casebound.record.medicines.month import MonthRecord, month_record
from casebound.record.medicines.reads import medicines_of
from tests.made_up import MadeUp
from tests.medicines import PARACETAMOL, give, prescribe
from tests.test_medicines import yesterday

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P11")]


def record(made_up: MadeUp) -> MonthRecord:
    first = day_of(yesterday(made_up, "12:00")).replace(day=1)
    child = medicines_of(made_up.book(made_up.jay), since=made_up.now - timedelta(days=62))
    return month_record(child, first, now=made_up.now)


def boxes(shown: MonthRecord, medicine: str, time: str, day: int) -> tuple[str, ...]:
    (line,) = (
        line
        for each in shown.medicines
        if each.label.startswith(medicine)
        for line in each.lines
        if line.time == time
    )
    return line.boxes[day - 1].words


def test_each_box_says_who_gave_it_or_why_not_and_an_empty_past_box_says_so(
    made_up: MadeUp,
) -> None:
    prescribed = prescribe(
        made_up, since=made_up.now - timedelta(days=3), controlled="no",
        times=[{"at": "06:00"}, {"at": "07:00"}, {"at": "08:00"}],
    )  # fmt: skip
    give(made_up, prescribed, due=yesterday(made_up, "06:00"))
    give(
        made_up, prescribed, due=yesterday(made_up, "07:00"), by=made_up.kit, taken="declined",
        not_taken_why="Jay turned away.",
    )  # fmt: skip

    shown = record(made_up)

    day = day_of(yesterday(made_up, "12:00")).day
    assert boxes(shown, "Methylphenidate", "06:00", day) == ("SO",)
    assert boxes(shown, "Methylphenidate", "07:00", day) == ("R KA",)
    assert boxes(shown, "Methylphenidate", "08:00", day) == ("?",)
    assert ("SO", "Sam Okafor") in shown.initials
    assert [note.said for note in shown.notes] == ["Jay turned away."]


def test_the_page_has_allergies_the_full_name_and_birth_and_each_dose_when_needed(
    made_up: MadeUp,
) -> None:
    made_up.write(
        made_up.jay, form="allergy", statements=[],
        answers={"substance": "plasters", "reaction": "Blisters"},
    )  # fmt: skip
    prescribed = prescribe(made_up, PARACETAMOL, since=made_up.now - timedelta(hours=1))
    give(made_up, prescribed, needed_why="Ear ache")
    month = f"{made_up.now.astimezone(LONDON):%Y-%m}"
    sam = made_up.browser_of(made_up.sam)

    page = sam.get(reverse("medicines:month", args=[made_up.jay.book, month])).text

    assert "Jay Quillfeather" in page
    assert "born 29 February 2012" in page
    assert "Blisters" in page
    assert f"{made_up.now.astimezone(LONDON):%H:%M} SO" in page
    assert "Ear ache" in page


@pytest.mark.parametrize("month", ["2026-13", "november", "2026-11-01"])
def test_what_is_no_month_is_not_found(made_up: MadeUp, month: str) -> None:
    sam = made_up.browser_of(made_up.sam)
    address = reverse("medicines:month", args=[made_up.jay.book, month])

    assert sam.get(address).status_code == 404
