"""A day and a time of day, as they are typed in London."""

from datetime import UTC, datetime

import pytest
from django import forms

from casebound.foundation.web.moment_field import MomentField, typed_moment


class Asked(forms.Form):
    """A form that asks for a moment, and one that may be left out."""

    at = MomentField()
    also_at = MomentField(required=False)


def read(day: str, time: str) -> tuple[object, list[str]]:
    form = Asked({"at_date": day, "at_time": time})
    form.is_valid()
    return form.cleaned_data.get("at"), [str(error) for error in form.errors.get("at", [])]


def test_a_moment_is_meant_in_london() -> None:
    assert read("2026-07-01", "22:40") == (datetime(2026, 7, 1, 21, 40, tzinfo=UTC), [])
    assert read("2026-11-23", "22:40") == (datetime(2026, 11, 23, 22, 40, tzinfo=UTC), [])


def test_in_the_hour_that_comes_twice_the_page_asks_which_one() -> None:
    moment, errors = read("2026-10-25", "01:30")

    assert moment is None
    assert "Choose the first (BST) or the second (GMT)." in errors[0]


@pytest.mark.parametrize(("zone", "hour"), [("BST", 0), ("GMT", 1)])
def test_the_hour_that_comes_twice_is_chosen_from_a_list(zone: str, hour: int) -> None:
    form = Asked({"at_date": "25/10/2026", "at_time": "01:30", "at_zone": zone})

    assert form.is_valid()
    assert form.cleaned_data["at"] == datetime(2026, 10, 25, hour, 30, tzinfo=UTC)


def test_what_was_chosen_for_that_hour_says_nothing_of_another() -> None:
    form = Asked({"at_date": "1/7/2026", "at_time": "22:40", "at_zone": "GMT"})

    assert form.is_valid()
    assert form.cleaned_data["at"] == datetime(2026, 7, 1, 21, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "time", "words"),
    [
        ("", "", "Give the day and the time"),
        ("2026-11-23", "", "Give the day and the time"),
        ("x", "18:30", "Give a date, such as 23 November 2026."),
        ("0001-01-01", "00:00", "The year 1 cannot be right."),
        ("23/11/26", "18:30", "four digits"),
        ("2026-11-23", "x", "Give a time of day, such as 18:30."),
        ("2026-11-23", "21:5", "21:05, or 21:50"),
        ("2026-03-29", "01:30", "this hour did not exist"),
    ],
)
def test_what_is_no_moment_is_refused_in_words(day: str, time: str, words: str) -> None:
    moment, errors = read(day, time)

    assert moment is None
    assert words in errors[0]


@pytest.mark.parametrize(("day", "time"), [("1900-01-01", "00:00"), ("2999-12-31", "23:59")])
def test_a_day_at_the_edge_of_the_calendar_is_no_error(day: str, time: str) -> None:
    moment, errors = read(day, time)

    assert isinstance(moment, datetime)
    assert errors == []


@pytest.mark.parametrize(
    ("day", "time"),
    [("23 November 2026", "9:05"), ("23/11/2026", "9.05"), ("23 11 2026", "09:05")],
)
def test_a_moment_is_read_as_people_type_it(day: str, time: str) -> None:
    assert read(day, time) == (datetime(2026, 11, 23, 9, 5, tzinfo=UTC), [])


def test_a_day_stands_in_three_boxes() -> None:
    boxes = {"at_date": "29", "at_month": "2", "at_year": "2012", "at_time": "9:05"}
    form = Asked(boxes)

    assert form.is_valid()
    assert form.cleaned_data["at"] == datetime(2012, 2, 29, 9, 5, tzinfo=UTC)

    refused = Asked({**boxes, "at_year": "2013"})
    assert not refused.is_valid()
    assert refused["at"].value()[0] == "29/2/2013"


def test_the_second_of_the_hour_that_comes_twice_can_be_chosen_and_is_shown() -> None:
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)

    assert read("25 10 2026", "01:30 GMT") == (second, [])
    assert typed_moment(second) == ["2026-10-25", "01:30 GMT"]


def test_a_moment_that_may_be_left_out_can_be() -> None:
    form = Asked({"at_date": "2026-11-23", "at_time": "22:40"})

    assert form.is_valid()
    assert form.cleaned_data["also_at"] is None


def test_a_moment_is_shown_as_it_is_typed() -> None:
    assert typed_moment(datetime(2026, 7, 1, 21, 40, tzinfo=UTC)) == ["2026-07-01", "22:40"]
