"""Instants in UTC, written out in London."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebound.foundation.base.times import LONDON, clock, day_in_words, in_words, instant, utc_text

SUMMER = datetime(2026, 7, 1, 21, 40, tzinfo=UTC)
instants = st.datetimes(  # its bounds have no zone
    datetime(1990, 1, 1),  # noqa: DTZ001
    datetime(2110, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, LONDON]),
)


@given(moment=instants)
def test_an_instant_reads_back_to_the_second(moment: datetime) -> None:
    assert instant(utc_text(moment)) == moment.astimezone(UTC).replace(microsecond=0)


def test_an_instant_is_written_in_utc_whatever_its_zone() -> None:
    west = SUMMER.astimezone(timezone(timedelta(hours=-5)))

    assert utc_text(west) == "2026-07-01T21:40:00Z"
    assert instant("2026-07-01T22:40:00+01:00") == SUMMER


def test_a_time_without_a_zone_is_neither_written_nor_read() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        utc_text(SUMMER.replace(tzinfo=None))
    with pytest.raises(ValueError, match="without a zone"):
        instant("2026-07-01T21:40:00")


def test_people_read_the_clock_of_london() -> None:
    assert clock(SUMMER) == "22:40"
    assert in_words(SUMMER) == "Wednesday 1 July 2026, 22:40"
    assert day_in_words(SUMMER.date()) == "Wednesday 1 July 2026"


def test_the_day_is_that_of_london() -> None:
    assert in_words(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "Thursday 2 July 2026, 00:30"


@pytest.mark.parametrize(
    ("utc_hour", "in_london"),
    [((2026, 10, 25, 0, 30), "01:30 BST"), ((2026, 10, 25, 1, 30), "01:30 GMT"),
     ((2026, 10, 25, 2, 0), "02:00"), ((2026, 10, 24, 23, 59), "00:59"),
     ((2026, 3, 29, 0, 59), "00:59"), ((2026, 3, 29, 1, 0), "02:00")],
)  # fmt: skip
def test_the_clock_changes_when_london_changes_it(
    utc_hour: tuple[int, int, int, int, int], in_london: str
) -> None:
    assert clock(datetime(*utc_hour, tzinfo=UTC)) == in_london
