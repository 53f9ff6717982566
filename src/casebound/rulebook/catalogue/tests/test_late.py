from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebound.rulebook.catalogue.late import clock_starts_at, is_late, late_by
from casebound.rulebook.catalogue.tests import build
from casebound.rulebook.catalogue.wall_time import event_times, local_instant

HAPPENED = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)
DAY = timedelta(hours=24)
SECOND = timedelta(seconds=1)


@pytest.mark.policy("P43")
@pytest.mark.policy("P44")
def test_exactly_24_hours_is_not_late_and_a_second_more_is() -> None:
    assert not is_late(happened_at=HAPPENED, signed_at=HAPPENED + DAY)
    assert is_late(happened_at=HAPPENED, signed_at=HAPPENED + DAY + SECOND)


@pytest.mark.policy("P44")
def test_how_late_is_what_goes_beyond_the_24_hours() -> None:
    assert late_by(happened_at=HAPPENED, signed_at=HAPPENED + DAY) == timedelta(0)
    assert late_by(happened_at=HAPPENED, signed_at=HAPPENED + DAY + SECOND) == SECOND


@pytest.mark.policy("P44")
def test_lateness_is_worked_out_in_the_whole_seconds_that_are_sealed() -> None:
    signed = HAPPENED + DAY + timedelta(milliseconds=900)
    assert not is_late(happened_at=HAPPENED, signed_at=signed)


@pytest.mark.policy("P43")
@pytest.mark.parametrize(
    ("happened", "in_time", "too_late"),
    [
        ("2026-03-28T18:00", "2026-03-29T19:00", "2026-03-29T19:01"),
        ("2026-10-24T18:00", "2026-10-25T17:00", "2026-10-25T17:01"),
        ("2028-02-28T23:59", "2028-02-29T23:59", "2028-03-01T00:00"),
    ],
)
def test_24_hours_are_24_hours_when_the_clocks_change(
    happened: str, in_time: str, too_late: str
) -> None:
    at = local_instant(happened)
    assert not is_late(happened_at=at, signed_at=local_instant(in_time))
    assert is_late(happened_at=at, signed_at=local_instant(too_late))


@pytest.mark.policy("P43")
def test_the_zone_a_time_is_written_in_does_not_matter() -> None:
    paris = (HAPPENED + DAY).astimezone(ZoneInfo("Europe/Paris"))
    assert not is_late(happened_at=HAPPENED, signed_at=paris)


@pytest.mark.policy("P43")
def test_the_24_hours_run_from_the_end_of_the_event_if_it_has_one() -> None:
    night = event_times("2026-11-22T21:00", "2026-11-23T07:30")
    assert clock_starts_at(night) == night.end
    assert clock_starts_at(event_times("2026-11-22T21:00")) == local_instant("2026-11-22T21:00")


def test_signing_before_it_happened_is_an_error() -> None:
    with pytest.raises(ValueError, match="before it happened"):
        is_late(happened_at=HAPPENED, signed_at=HAPPENED - SECOND)


def test_a_time_without_a_zone_is_an_error() -> None:
    with pytest.raises(ValueError, match="zone"):
        is_late(happened_at=HAPPENED.replace(tzinfo=None), signed_at=HAPPENED)


@build.patient
@given(st.timedeltas(timedelta(0), timedelta(days=9)))
def test_an_entry_is_late_exactly_when_it_is_late_by_something(gap: timedelta) -> None:
    times = {"happened_at": HAPPENED, "signed_at": HAPPENED + gap}
    assert is_late(**times) is (late_by(**times) > timedelta(0))
