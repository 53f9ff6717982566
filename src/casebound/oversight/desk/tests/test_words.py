"""Times as people say them at the start of a shift. No database."""

from datetime import UTC, datetime, timedelta

import pytest

from casebound.foundation.base.times import LONDON
from casebound.oversight.desk.reads import _log_due
from casebound.oversight.desk.waiting import moment_words
from casebound.reading.chronology.reads import Written

NOW = datetime(2026, 11, 23, 22, 40, tzinfo=UTC)  # a Monday


def london(*parts: int, fold: int = 0) -> datetime:
    return datetime(*parts, tzinfo=LONDON, fold=fold).astimezone(UTC)  # type: ignore[arg-type,misc]


def log(happened_at: datetime) -> Written:
    return Written("daily_log", 7, happened_at, happened_at, late=False)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ((2026, 11, 23, 22, 40), "22:40 today"),
        ((2026, 11, 23, 0, 0), "00:00 today"),
        ((2026, 11, 22, 23, 59), "23:59 yesterday"),
        ((2026, 11, 24, 0, 0), "00:00 tomorrow"),
        ((2026, 11, 21, 8, 5), "08:05 on Saturday"),
        ((2026, 11, 17, 8, 5), "08:05 on Tuesday"),
        ((2026, 11, 29, 8, 5), "08:05 on Sunday"),
        ((2026, 11, 16, 8, 5), "08:05 on 16 November"),
        ((2026, 11, 30, 8, 5), "08:05 on 30 November"),
        ((2025, 12, 20, 8, 5), "08:05 on 20 December 2025"),
    ],
)
def test_a_moment_is_said_by_its_nearness(moment: tuple[int, ...], words: str) -> None:
    assert moment_words(london(*moment), NOW) == words


def test_midnight_is_london_s_midnight() -> None:
    summer = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)  # half past midnight of 2 July in London

    assert moment_words(summer - timedelta(hours=1), summer) == "23:30 yesterday"
    assert moment_words(summer + timedelta(hours=23), summer) == "23:30 today"
    assert moment_words(summer + timedelta(hours=24), summer) == "00:30 tomorrow"


@pytest.mark.parametrize(
    ("moment", "now", "words"),
    [
        # The night with an hour twice: 25 hours long.
        ((2026, 10, 24, 23, 30), (2026, 10, 25, 23, 30), "23:30 yesterday"),
        ((2026, 10, 25, 0, 30), (2026, 10, 25, 23, 30), "00:30 today"),
        ((2026, 10, 26, 0, 10), (2026, 10, 25, 0, 30), "00:10 tomorrow"),
        # The night that lacks an hour.
        ((2026, 3, 28, 23, 30), (2026, 3, 29, 2, 10), "23:30 yesterday"),
        ((2026, 3, 30, 0, 10), (2026, 3, 29, 0, 30), "00:10 tomorrow"),
    ],
)
def test_when_the_clock_changes_a_day_is_still_a_day(
    moment: tuple[int, ...], now: tuple[int, ...], words: str
) -> None:
    assert moment_words(london(*moment), london(*now)) == words


def test_the_hour_that_comes_twice_says_which_it_is() -> None:
    now = london(2026, 10, 25, 12, 0)

    assert [moment_words(london(2026, 10, 25, 1, 30, fold=fold), now) for fold in (0, 1)] == [
        "01:30 BST today",
        "01:30 GMT today",
    ]


@pytest.mark.policy("P43")
@pytest.mark.parametrize(
    ("happened", "words"),
    [
        ((2026, 11, 23, 0, 0), ""),  # today
        ((2026, 11, 22, 22, 40), ""),  # exactly 24 hours ago
        ((2026, 11, 22, 22, 39), "No daily log since Sunday"),
        ((2026, 11, 17, 12, 0), "No daily log since Tuesday"),
        ((2026, 11, 16, 12, 0), "No daily log since 16 November"),
        ((2025, 11, 30, 12, 0), "No daily log since 30 November 2025"),
    ],
)
def test_a_child_is_without_a_daily_log_after_24_hours_unless_there_is_one_of_today(
    happened: tuple[int, ...], words: str
) -> None:
    assert _log_due(log(london(*happened)), NOW) == (words, bool(words))


@pytest.mark.policy("P43")
def test_a_child_who_never_had_a_daily_log_needs_one() -> None:
    assert _log_due(None, NOW) == ("No daily log yet", True)
