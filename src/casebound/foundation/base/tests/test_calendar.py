"""How time limits are counted: over clock changes, leap days, month and year ends."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from casebound.foundation.base import calendar
from casebound.foundation.base.times import LONDON

pytestmark = pytest.mark.policy("P43")
ONE = timedelta(days=1)
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
# Every minute around both changes of 2026, and any moment of eighty years.
AROUND = st.sampled_from([SPRING, AUTUMN]).flatmap(
    lambda day: st.integers(-8 * 1440, 3 * 1440).map(
        lambda minutes: (
            datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minutes)
        )
    )
)
ANY = st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
MOMENTS = AROUND | ANY
DAYS = st.dates(date(2020, 1, 1), date(2100, 1, 1))


def at(text: str, *, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON, fold=fold).astimezone(UTC)


def clocks_change_on(day: date) -> bool:
    midnights = (datetime(d.year, d.month, d.day, tzinfo=LONDON) for d in (day, day + ONE))
    return len({midnight.utcoffset() for midnight in midnights}) > 1


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-03-28 12:00", 24, "2026-03-29 13:00"),  # a day of 23 hours lies between
        ("2026-10-24 12:00", 24, "2026-10-25 11:00"),  # a day of 25
        ("2028-02-28 09:30", 48, "2028-03-01 09:30"),
        ("2026-12-31 20:00", 24, "2027-01-01 20:00"),
    ],
)
def test_hours_are_instants_apart(start: str, hours: int, due: str) -> None:
    assert calendar.hours_after(at(start), hours) == at(due)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (at("2026-03-26 18:40"), at("2026-03-31 18:40")),  # over the change, the same time of day
        (at("2026-10-22 18:40"), at("2026-10-27 17:40")),  # 5 times 24 hours, an hour earlier
        (at("2028-02-27 08:00"), at("2028-03-03 08:00")),  # a leap year
        (at("2027-02-27 08:00"), at("2027-03-04 08:00")),
        (at("2026-12-29 23:59"), at("2027-01-03 23:59")),
        (at("2026-03-24 01:30"), at("2026-03-29 02:00")),  # 01:30 is left out that night
        (at("2026-10-20 01:30"), at("2026-10-25 01:30")),  # the first of the two
        (at("2026-10-25 01:30", fold=1), at("2026-10-30 01:30")),
        (at("2026-10-25 01:30"), at("2026-10-30 00:30")),
    ],
)
def test_five_days_end_at_the_same_time_of_day_or_after_120_hours(
    start: datetime, due: datetime
) -> None:
    assert calendar.days_after(start, 5) == due


@pytest.mark.parametrize(
    ("day", "months", "due"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2028, 2, 29), 6, date(2028, 8, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 7, 1), 6, date(2027, 1, 1)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_a_shorter_month(
    day: date, months: int, due: date
) -> None:
    assert calendar.months_after(day, months) == due


def test_the_end_of_a_month_a_year_and_a_day() -> None:
    assert calendar.end_of_month(date(2026, 3, 30), later=1) == date(2026, 4, 30)
    assert calendar.end_of_month(date(2028, 1, 31), later=1) == date(2028, 2, 29)
    assert calendar.end_of_month(date(2026, 12, 3), later=1) == date(2027, 1, 31)
    assert calendar.end_of_year(date(2026, 1, 1)) == date(2026, 12, 31)
    assert calendar.end_of(SPRING) == at("2026-03-29 23:59:59")
    assert calendar.end_of(AUTUMN) == at("2026-10-25 23:59:59")


@pytest.mark.parametrize(
    ("day", "days", "due"),
    [
        (date(2026, 11, 27), 1, date(2026, 11, 30)),  # over a weekend
        (date(2026, 4, 2), 1, date(2026, 4, 7)),  # over Easter
        (date(2026, 12, 24), 1, date(2026, 12, 29)),  # Boxing Day on a Saturday: its Monday
        (date(2027, 12, 31), 1, date(2028, 1, 4)),  # New Year's Day on a Saturday: its Monday
        (date(2026, 12, 25), 3, date(2026, 12, 31)),
    ],
)
def test_working_days_leave_out_weekends_and_the_bank_holidays_of_england(
    day: date, days: int, due: date
) -> None:
    assert calendar.working_days_after(day, days) == due


def test_a_number_of_working_days_begins_at_one() -> None:
    with pytest.raises(ValueError, match="begins at one"):
        calendar.working_days_after(SPRING, 0)


@pytest.mark.parametrize(
    "count",
    [calendar.day_of, lambda m: calendar.hours_after(m, 1), lambda m: calendar.days_after(m, 1)],
)
def test_nothing_is_counted_from_a_time_without_a_zone(
    count: Callable[[datetime], object],
) -> None:
    with pytest.raises(ValueError, match="without a zone"):
        count(datetime(2026, 3, 29, 12))  # noqa: DTZ001 (that is the point)


@given(MOMENTS, MOMENTS, st.integers(1, 40))
@example(at("2026-10-25 01:50"), at("2026-10-25 01:10", fold=1), 5)
@example(at("2026-03-24 01:50"), at("2026-03-24 02:10"), 5)
def test_what_began_later_is_never_due_earlier(a: datetime, b: datetime, count: int) -> None:
    first, second = sorted([a, b])
    assert calendar.days_after(first, count) <= calendar.days_after(second, count)
    assert calendar.hours_after(first, count) <= calendar.hours_after(second, count)


@given(MOMENTS, st.integers(1, 40))
def test_days_and_hours_end_after_they_began_in_utc(moment: datetime, count: int) -> None:
    days, hours = calendar.days_after(moment, count), calendar.hours_after(moment, count)

    assert moment < days
    assert hours - moment == timedelta(hours=count)
    assert days.tzinfo is hours.tzinfo is UTC
    assert timedelta(0) <= timedelta(hours=24 * count) - (days - moment) <= timedelta(hours=1)


@given(MOMENTS, st.integers(1, 40))
def test_days_end_at_the_same_time_of_day_unless_a_clock_changes(
    moment: datetime, count: int
) -> None:
    due = calendar.days_after(moment, count)
    assume(not any(clocks_change_on(calendar.day_of(instant)) for instant in (moment, due)))

    later = due.astimezone(LONDON).utcoffset() - moment.astimezone(LONDON).utcoffset()  # type: ignore[operator]  # London has both
    if later >= timedelta(0):
        assert due.astimezone(LONDON).time() == moment.astimezone(LONDON).time()


@given(MOMENTS, st.integers(1, 40))
@example(at("2026-10-24 18:30"), 5)
@example(at("2026-10-24 18:30"), 1)
@example(at("2026-10-24 00:30"), 1)
def test_days_are_never_later_than_any_reading_of_them(moment: datetime, count: int) -> None:
    due = calendar.days_after(moment, count)
    last = calendar.day_of(moment) + timedelta(days=count)

    assert due <= moment + timedelta(hours=24 * count)
    assert due <= calendar.end_of(last)
    wall = datetime.combine(last, moment.astimezone(LONDON).time(), LONDON)
    assert due <= wall.replace(fold=1).astimezone(UTC)


@given(DAYS, DAYS, st.integers(1, 36))
def test_months_months_ends_and_years_keep_the_order(a: date, b: date, months: int) -> None:
    first, second = sorted([a, b])
    assert first < calendar.months_after(first, months) <= calendar.months_after(second, months)
    assert first <= calendar.end_of_month(first) <= calendar.end_of_month(second)
    assert first <= calendar.end_of_year(first) <= calendar.end_of_year(second)


@given(DAYS, DAYS, st.integers(1, 30))
def test_working_days_keep_the_order_and_end_on_one(a: date, b: date, days: int) -> None:
    first, second = sorted([a, b])
    due = calendar.working_days_after(first, days)

    assert first < due <= calendar.working_days_after(second, days)
    assert calendar.is_working_day(due)
