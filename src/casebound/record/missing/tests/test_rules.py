"""How often is too often."""

from datetime import UTC, datetime, timedelta

from casebound.foundation.base.times import LONDON
from casebound.record.missing.rules import USUAL, Numbers, Time, too_often
from casebound.record.missing.wording import for_how_long

FIRST = datetime(2026, 10, 1, 23, 30, tzinfo=LONDON).astimezone(UTC)
DAY = timedelta(days=1)


def on(day: int, number: int) -> Time:
    return Time(FIRST + day * DAY, number)


def test_two_are_not_three_and_three_in_thirty_days_are() -> None:
    assert too_often([on(0, 1)], on(5, 2), USUAL) == ()
    assert too_often([on(0, 1), on(5, 2)], on(29, 3), USUAL) == (on(0, 1), on(5, 2), on(29, 3))
    assert too_often([on(0, 1), on(5, 2)], on(31, 3), USUAL) == ()


def test_the_days_are_of_the_calendar_also_over_the_night_the_clocks_go_back() -> None:
    last = datetime(2026, 10, 31, 23, 30, tzinfo=LONDON).astimezone(UTC)
    assert last - FIRST == 30 * DAY + timedelta(hours=1)

    assert too_often([on(0, 1), on(5, 2)], Time(last, 3), USUAL)
    assert not too_often([on(0, 1), on(5, 2)], Time(last + timedelta(minutes=1), 3), USUAL)


def test_a_time_written_down_late_counts_with_what_came_after_it() -> None:
    assert too_often([on(2, 1), on(4, 2)], on(0, 3), USUAL) == (on(0, 3), on(2, 1), on(4, 2))


def test_old_times_do_not_count_and_a_home_can_say_other_numbers() -> None:
    assert too_often([on(0, 1), on(1, 2), on(2, 3)], on(90, 4), USUAL) == ()
    assert too_often([on(0, 1)], on(80, 2), Numbers(2, 90)) == (on(0, 1), on(80, 2))


def test_how_long_a_child_is_missing_is_hours_apart() -> None:
    before = datetime(2026, 10, 24, 23, 30, tzinfo=LONDON).astimezone(UTC)
    after = datetime(2026, 10, 25, 2, 0, tzinfo=LONDON).astimezone(UTC)
    assert for_how_long(before, after) == "3 hours 30 minutes"
    assert for_how_long(before, before + 26 * timedelta(hours=1)) == "1 day 2 hours"
    assert for_how_long(after, before) == "0 minutes"
