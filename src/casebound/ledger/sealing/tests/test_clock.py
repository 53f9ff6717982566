"""A clock that is wrong: what is refused, what is told, and how the log goes on."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from casebound.foundation.base.ids import BookId
from casebound.foundation.base.times import utc_text
from casebound.ledger.sealing import reads, watched_clock
from casebound.ledger.sealing.actions import put_clock_right, seal
from casebound.ledger.sealing.checking import full
from casebound.ledger.sealing.checking.lines import _out_of_order
from casebound.ledger.sealing.reads import clock_corrections
from casebound.ledger.sealing.tests import build
from casebound.ledger.sealing.tests.tampering import behind_its_back
from casebound.ledger.sealing.watched_clock import (
    ClockAheadError,
    ClockReading,
    ClockSeen,
    WatchedClock,
)

NOW = datetime(2026, 11, 30, 10, 5, tzinfo=UTC)
START = ClockReading("this boot", 1000.0, NOW.timestamp())
MINUTE, HOUR, DAY, YEARS = (
    timedelta(minutes=1),
    timedelta(hours=1),
    timedelta(days=1),
    timedelta(days=730),
)
LAST = utc_text(NOW)


@pytest.fixture
def clock(tmp_path: Path) -> WatchedClock:
    """Return a clock that was right at NOW."""
    known = WatchedClock(tmp_path / "clock.json")
    known.believe(START)
    return known


def after(passed: timedelta, *, wrong: timedelta = timedelta(0), boot: str = "") -> ClockReading:
    """Return a reading when some time has passed, with a clock that is wrong by so much."""
    return ClockReading(
        boot or START.boot,
        3.0 if boot else START.running + passed.total_seconds(),
        START.wall + (passed + wrong).total_seconds(),
    )


def look(clock: WatchedClock, reading: ClockReading, *, last_at: str = LAST) -> ClockSeen:
    return clock.look(last_at=last_at, reading=reading)


@pytest.mark.parametrize("passed", [MINUTE, HOUR, DAY, 40 * DAY])
def test_a_clock_that_goes_with_the_time_is_right(clock: WatchedClock, passed: timedelta) -> None:
    seen = look(clock, after(passed))
    told = (seen.leapt_ahead, seen.went_back, seen.is_too_far, seen.log_is_ahead)
    assert told == (False,) * 4


def test_a_clock_that_drifts_stays_right(clock: WatchedClock) -> None:
    for day in range(1, 100):
        seen = look(clock, after(day * DAY, wrong=timedelta(seconds=day * 60)))
        assert not seen.leapt_ahead


@pytest.mark.parametrize(
    ("wrong", "told", "refused"),
    [(HOUR, True, False), (2 * DAY, True, True), (YEARS, True, True), (2 * MINUTE, False, False)],
)
def test_a_leap_ahead_is_told_and_beyond_a_day_refused(
    clock: WatchedClock,
    wrong: timedelta,
    told: bool,  # noqa: FBT001
    refused: bool,  # noqa: FBT001
) -> None:
    seen = look(clock, after(MINUTE, wrong=wrong))
    assert (seen.leapt_ahead, seen.is_too_far) == (told, refused)
    # It is told until somebody puts it right, however long that takes.
    assert look(clock, after(DAY, wrong=wrong)).leapt_ahead is told
    assert not look(clock, after(DAY + MINUTE)).leapt_ahead


@pytest.mark.parametrize("wrong", [-HOUR, -YEARS])
def test_a_clock_that_goes_back_is_told_and_stops_nobody(
    clock: WatchedClock, wrong: timedelta
) -> None:
    seen = look(clock, after(MINUTE, wrong=wrong))
    assert (seen.went_back, seen.is_too_far, seen.log_is_ahead) == (True, False, True)


def test_a_clock_that_jumps_about_is_compared_with_the_same_time_each_time(
    clock: WatchedClock,
) -> None:
    told = [
        look(clock, after(n * MINUTE, wrong=wrong)).ahead
        for n, wrong in enumerate([YEARS, -HOUR, HOUR, -YEARS, timedelta(0)], start=1)
    ]
    assert told == [YEARS, -HOUR, HOUR, -YEARS, timedelta(0)]


@pytest.mark.parametrize(
    ("off", "refused"), [(HOUR, False), (20 * DAY, False), (YEARS, True), (-HOUR, False)]
)
def test_after_a_start_the_last_known_time_is_all_there_is(
    clock: WatchedClock,
    off: timedelta,
    refused: bool,  # noqa: FBT001
) -> None:
    seen = look(clock, after(timedelta(0), wrong=off, boot="another boot"))
    assert seen.is_too_far is refused
    assert seen.went_back is (off < timedelta(0))


def test_without_a_note_the_log_is_the_last_known_time(tmp_path: Path) -> None:
    clock = WatchedClock(tmp_path / "clock.json")
    assert look(clock, after(YEARS)).is_too_far
    assert not look(clock, after(DAY)).is_too_far
    (tmp_path / "clock.json").write_text("{}")
    assert look(clock, after(YEARS)).is_too_far


def test_a_persons_word_makes_it_right(clock: WatchedClock) -> None:
    leapt = after(MINUTE, wrong=YEARS)
    assert look(clock, leapt).is_too_far
    clock.believe(leapt)
    assert not look(clock, leapt).leapt_ahead


# Sealing, by a process that watches its clock.


@pytest.fixture
def book(db: None) -> BookId:  # noqa: ARG001 (the stores)
    build.begin()
    return build.book()


@pytest.fixture
def watching() -> Iterator[None]:
    watched_clock.watch()
    yield
    watched_clock.unwatch()
    watched_clock.watched_clock().noted.unlink(missing_ok=True)


@pytest.mark.policy("P58")
@pytest.mark.usefixtures("watching")
def test_nothing_is_sealed_with_a_clock_from_the_future(book: BookId) -> None:
    build.sealed(book)
    known = ClockReading.now()
    watched_clock.watched_clock().believe(replace(known, wall=known.wall - YEARS.total_seconds()))
    with pytest.raises(ClockAheadError, match="the last time that is known is"):
        build.sealed(book)
    watched_clock.watched_clock().believe()
    assert build.sealed(book).numbers == {book: 2}


@pytest.mark.policy("P58", "P64")
def test_the_log_tells_that_its_clock_ran_ahead_and_goes_on(book: BookId) -> None:
    build.sealed(book)
    now = build.AT + MINUTE
    late = [seal(build.new(book), clock=lambda: now + YEARS) for _ in range(2)]
    assert {done.at for done in late} == {utc_text(now + YEARS)}
    assert build.sealed(book).at == utc_text(now + YEARS)  # repeated for years, without a word

    put_right = put_clock_right(true=now)
    assert full().ok
    again = build.sealed(book, minutes=2)

    assert put_right is not None
    assert (put_right.first, put_right.line) == (late[0].index, late[0].index + 3)
    assert again.at == utc_text(now + MINUTE)
    assert clock_corrections() == (put_right,)
    assert put_clock_right(true=now + MINUTE) is None
    entries = list(reads.entries(0))
    assert [entry.sealed_at for entry in entries][1:4] == [now] * 3
    assert full().ok


def test_a_clock_can_be_put_right_on_a_log_with_lost_lines(book: BookId) -> None:
    now = build.AT + MINUTE
    late = [seal(build.new(book), clock=lambda: now + YEARS) for _ in range(3)]
    lost = [done.index for done in late[:2]]
    behind_its_back(("DELETE FROM log_leaf WHERE idx IN (%s, %s)", lost))
    put_right = put_clock_right(true=now)
    assert put_right is not None
    assert put_right.first == late[2].index


@pytest.mark.usefixtures("book")
def test_a_clock_that_ran_ahead_counts_for_the_time_of_signing_too(book: BookId) -> None:
    now = build.AT + MINUTE
    new = replace(build.new(book), signed_at=now + YEARS)
    seal(new, clock=lambda: now + YEARS)
    put_clock_right(true=now)
    [entry] = reads.entries(0)
    assert (entry.signed_at, entry.ran_ahead) == (now, YEARS)


def test_a_line_earlier_than_the_one_before_is_found() -> None:
    rows = [
        (1, b"", b'{"at":"2026-11-30T10:05:00Z","t":"entry","v":1}', "e1"),
        (2, b"", b'{"at":"2026-11-30T10:04:59Z","t":"entry","v":1}', "e2"),
    ]
    assert [fault.index for fault in _out_of_order(None, rows)] == [2]
