"""Days and times as people type them; and what a refusal advises is accepted."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebound.foundation.base.times import day_in_words
from casebound.foundation.base.typed_times import (
    TypedTimeError,
    typed_day,
    typed_moment,
    typed_time,
)


@pytest.mark.parametrize(
    "typed",
    [
        "23 November 2026",
        "23 november 2026",
        "23 Nov 2026",
        "23rd of November 2026",
        "23/11/2026",
        "23.11.2026",
        "23-11-2026",
        "23 11 2026",
        " 23  11  2026 ",
        "2026-11-23",
        "November 23, 2026",
        "Monday 23 November 2026",
        "Mon, 23 Nov 2026",
        "23November2026",
        "23\u201311\u20132026",
        "23/Nov/2026",
        "23th November 2026",
    ],
)
def test_a_day_is_read_as_it_is_written_in_england(typed: str) -> None:
    assert typed_day(typed) == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("29 2 2012", date(2012, 2, 29)),
        ("1/2/2026", date(2026, 2, 1)),
        ("01 Sept 2026", date(2026, 9, 1)),
        ("2026-1-2", date(2026, 1, 2)),
        ("31 12 1999", date(1999, 12, 31)),
        ("5 may 2026", date(2026, 5, 5)),
    ],
)
def test_the_day_comes_before_the_month(typed: str, day: date) -> None:
    assert typed_day(typed) == day


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("23.11.26", "four digits"),
        ("23/11/026", "four digits"),
        ("11/23/2026", "no month 23"),
        ("31 2 2026", "no such date"),
        ("29 2 2026", "no such date"),
        ("23 November", "the year too"),
        ("Tuesday 23 November 2026", "is a Monday"),
        ("", "23 November 2026"),
        ("soon", "give a date"),
        ("23 Foo 2026", "give a date"),
        ("20261123", "give a date"),
        ("23 11 1066", "cannot be right"),
        ("23 11 2026 18", "give a date"),
        ("23 11 2026!", "give a date"),
        ("0 1 2026", "no such date"),
        ("23 Ma 2026", "give a date"),
    ],
)
def test_what_is_no_day_or_could_be_several_is_asked_about(typed: str, why: str) -> None:
    with pytest.raises(TypedTimeError, match=why):
        typed_day(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9:05", "09:05"),
        ("9.05", "09:05"),
        ("09:05", "09:05"),
        ("0905", "09:05"),
        ("0905h", "09:05"),
        ("9.05 pm", "21:05"),
        ("9pm", "21:00"),
        ("9 p.m.", "21:00"),
        ("12am", "00:00"),
        ("12:30 am", "00:30"),
        ("12 pm", "12:00"),
        ("noon", "12:00"),
        ("21:05", "21:05"),
        ("00:00", "00:00"),
        ("23:59", "23:59"),
        (" 7:00 ", "07:00"),
        ("18:30:15", "18:30:15"),
    ],
)
def test_a_time_of_day_is_read(typed: str, meant: str) -> None:
    assert typed_time(typed) == meant


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("9", "minutes too, such as 09:00"),
        ("21:5", "21:05, or 21:50"),
        ("21:7", "two digits: 21:07"),
        ("24:00", "00:00"),
        ("25:00", "18:30"),
        ("9:60", "18:30"),
        ("13 pm", "6.30 pm"),
        ("0 am", "6.30 pm"),
        ("midnight", "00:00"),
        ("teatime", "18:30"),
        ("", "18:30"),
        ("9:05:61", "18:30"),
    ],
)
def test_what_is_no_time_or_could_be_several_is_asked_about(typed: str, why: str) -> None:
    with pytest.raises(TypedTimeError, match=re.escape(why)):
        typed_time(typed)


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_every_way_the_house_writes_a_day_is_read_back(day: date) -> None:
    ways = (
        day_in_words(day),
        f"{day:%d/%m/%Y}",
        f"{day.day} {day:%B %Y}",
        f"{day.day} {day.month} {day.year}",
    )
    assert {typed_day(way) for way in (*ways, day.isoformat())} == {day}


@given(st.times(), st.sampled_from(["%H:%M", "%H.%M", "%H%M", "%I:%M %p", "%I.%M%p"]))
def test_every_way_to_write_a_time_is_read_back(moment: time, form: str) -> None:
    assert typed_time(moment.strftime(form)) == f"{moment:%H:%M}"


@given(st.text(max_size=25) | st.from_regex(r"[0-9 /.:apmT-]{0,20}", fullmatch=True))
def test_what_a_refusal_advises_is_accepted(typed: str) -> None:
    for read in (typed_day, typed_time, typed_moment):
        try:
            read(typed)
        except TypedTimeError as refused:
            for advised in re.findall(r"[0-9]{2}:[0-9]{2}", str(refused)):
                typed_time(advised)
            for advised in re.findall(r"[0-9]{1,2} [A-Z][a-z]+ [0-9]{4}", str(refused)):
                typed_day(advised)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("25 October 2026 1:30 BST", "00:30"),
        ("25/10/2026 01:30 GMT", "01:30"),
        ("2026-10-25T01:30 (GMT)", "01:30"),
        ("25 Oct 2026 1.30 am gmt", "01:30"),
        ("25 Oct 2026 1.30", "00:30"),
    ],
)
def test_the_hour_that_comes_twice_can_be_chosen(typed: str, meant: str) -> None:
    hour, minute = map(int, meant.split(":"))
    assert typed_moment(typed) == datetime(2026, 10, 25, hour, minute, tzinfo=UTC)


def test_a_zone_the_clocks_did_not_show_is_asked_about() -> None:
    with pytest.raises(TypedTimeError, match="showed GMT then, not BST"):
        typed_moment("23 November 2026 18:30 BST")
    with suppress(TypedTimeError):
        typed_moment("29 March 2026 01:30 GMT")
