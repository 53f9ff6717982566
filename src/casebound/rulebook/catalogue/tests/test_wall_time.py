from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebound.rulebook.catalogue.catalogue import form
from casebound.rulebook.catalogue.event_time import first_event_time
from casebound.rulebook.catalogue.tests import build
from casebound.rulebook.catalogue.wall_time import (
    WallTimeError,
    as_typed,
    calendar_day,
    event_times,
    local_instant,
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-11-23T18:30", "2026-11-23T18:30"),
        ("2026-06-01T00:15", "2026-05-31T23:15"),
        ("2026-06-01 00:15:30", "2026-05-31T23:15:30"),
        ("2028-02-29T12:00", "2028-02-29T12:00"),
        ("2026-03-29T00:59", "2026-03-29T00:59"),
        ("2026-03-29T02:00", "2026-03-29T01:00"),
        ("2026-10-25T00:59", "2026-10-24T23:59"),
        ("2026-10-25T02:00", "2026-10-25T02:00"),
        ("2026-06-01T00:15Z", "2026-06-01T00:15"),
        (" 2026-06-01T00:15+02:00 ", "2026-05-31T22:15"),
    ],
)
def test_a_typed_time_is_wall_time_in_london_unless_it_has_an_offset(
    typed: str, meant: str
) -> None:
    assert local_instant(typed) == utc(meant)


def test_in_the_hour_that_comes_twice_the_first_is_meant_unless_the_later_is_said() -> None:
    first, second = utc("2026-10-25T00:30"), utc("2026-10-25T01:30")
    assert local_instant("2026-10-25T01:30") == first
    assert local_instant("2026-10-25T01:30", fold=1) == second
    assert local_instant("2026-10-25T01:30+00:00") == second


@pytest.mark.parametrize("fold", [0, 1])
@pytest.mark.parametrize("typed", ["2026-03-29T01:00", "2026-03-29T01:30", "2026-03-29T01:59"])
def test_an_hour_that_did_not_exist_is_refused_with_the_reason(typed: str, fold: int) -> None:
    with pytest.raises(WallTimeError, match="clocks went forward"):
        local_instant(typed, fold=fold)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "half past six",
        "2026-11-23",
        "2026-W48-1T18:30",
        "2026-02-29T10:00",
        "2026-11-23T24:30",
        "2026-11-23T18:30+99:00",
        "\uff12026-11-23T18:30",
        "0001-01-01T00:00+14:00",
        "1899-12-31T10:00",
        "9999-12-31T23:59-14:00",
    ],
)
def test_what_is_no_time_is_refused_in_words(typed: str) -> None:
    with pytest.raises(WallTimeError):
        local_instant(typed)


@build.patient
@given(st.text(max_size=20))
def test_any_text_is_a_time_or_a_refusal(typed: str) -> None:
    with suppress(WallTimeError):
        assert local_instant(typed).tzinfo is UTC


@build.patient
@given(st.datetimes(datetime(1950, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis takes naive bounds
def test_an_instant_shown_on_a_form_is_read_back_to_the_minute(moment: datetime) -> None:
    assert local_instant(as_typed(moment)) == moment.replace(second=0, microsecond=0)


def test_the_hour_that_comes_twice_says_which_one_it_is() -> None:
    assert as_typed(utc("2026-10-25T00:30")) == "2026-10-25T01:30 BST"
    assert as_typed(utc("2026-10-25T01:30")) == "2026-10-25T01:30 GMT"
    assert as_typed(utc("2026-10-25T02:00")) == "2026-10-25T02:00"
    assert as_typed(utc("2026-10-24T23:59")) == "2026-10-25T00:59"


def test_an_instant_without_a_zone_is_not_shown() -> None:
    with pytest.raises(ValueError, match="zone"):
        as_typed(datetime(2026, 1, 1))  # noqa: DTZ001 - that is the point


def test_an_event_has_an_end_only_if_one_is_given() -> None:
    assert event_times("2026-11-23T18:30").end is None
    assert event_times("2026-11-23T18:30", "2026-11-24T07:00").end == utc("2026-11-24T07:00")


def test_an_end_in_the_hour_that_comes_twice_is_the_second_when_the_first_is_too_early() -> None:
    times = event_times("2026-10-25T01:50", "2026-10-25T01:10")
    assert times.end == utc("2026-10-25T01:10")
    assert times.end - times.start == timedelta(minutes=20)


def test_an_end_before_the_start_is_refused() -> None:
    with pytest.raises(WallTimeError, match="before the start"):
        event_times("2026-11-23T18:30", "2026-11-23T18:29")


def test_a_day_of_the_calendar_is_read_and_nothing_else() -> None:
    assert calendar_day(" 2028-02-29 ") == date(2028, 2, 29)
    assert calendar_day("29 2 2012") == date(2012, 2, 29)
    for typed in ("2026-02-29", "20261123", "tomorrow", ""):
        with pytest.raises(WallTimeError):
            calendar_day(typed)


def test_a_note_starts_at_this_minute_and_a_key_session_asks() -> None:
    assert first_event_time(form("note"), now=build.NOW) == ("2026-11-23T22:40", "")
    assert first_event_time(form("key_session"), now=build.NOW) == ("2026-11-23T", "")


def test_a_daily_log_starts_with_the_shift_of_eight_hours_that_ends_now() -> None:
    night = utc("2026-10-25T07:30")
    assert first_event_time(form("daily_log"), now=night) == (
        "2026-10-25T00:30",
        "2026-10-25T07:30",
    )
