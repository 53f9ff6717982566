"""Each finished day of the read trail is digested into the log, and `verify` names what differs."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from casebound.foundation.base.calendar import day_of, start_of
from casebound.foundation.base.ids import WorkerId
from casebound.foundation.base.times import date_in_words
from casebound.ledger.sealing.checking import full
from casebound.ledger.sealing.reads import book_pages, size
from casebound.people.access import trail
from casebound.people.access.actions import digest_days, note_reading
from casebound.people.access.checks import check_trail
from casebound.people.access.entries import trail_book
from tests.made_up import MadeUp

pytestmark = [
    pytest.mark.django_db, pytest.mark.policy("P58", "P63", "P84"),
]  # fmt: skip
A_DAY = timedelta(days=1)
AN_HOUR = timedelta(hours=1)


def noon(made_up: MadeUp, *, days_ago: int) -> datetime:
    return start_of(day_of(made_up.now) - days_ago * A_DAY) + 12 * AN_HOUR


def look(made_up: MadeUp, at: datetime, *, page: int = 1) -> None:
    note_reading(made_up.book(made_up.jay), what="book", first=page, last=page, at=at)


def digest(at: datetime) -> int:
    return digest_days(by=WorkerId(settings.INSTALLATION.id), at=at)


def told(*, quickly: bool = False) -> list[str]:
    return [problem.words for problem in check_trail(quickly=quickly)]


def day(moment: datetime) -> str:
    return f"Read trail, {date_in_words(day_of(moment))}: "


@contextmanager
def by_hand() -> Iterator[None]:
    """Let the trail be changed, as somebody does who runs the database."""
    store = connections["default"]
    with store.cursor() as cursor:
        if store.vendor == "postgresql":
            cursor.execute("ALTER TABLE read_trail DISABLE TRIGGER USER")
        else:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE tbl_name = 'read_trail'"
                " AND type = 'trigger'"
            )
            for name, _ in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
    yield


def change(statement: str, *values: Any) -> None:  # a cell is of any type
    with by_hand(), connections["default"].cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount == 1


@pytest.fixture
def three_days(made_up: MadeUp) -> tuple[datetime, datetime, datetime]:
    """Look twice on each of three days, and digest them."""
    days = tuple(noon(made_up, days_ago=ago) for ago in (3, 2, 1))
    for moment in days:
        look(made_up, moment, page=1)
        look(made_up, moment + AN_HOUR, page=2)
    assert digest(made_up.now + 2 * A_DAY - A_DAY) == 3
    return days[0], days[1], days[2]


def test_each_finished_day_is_one_entry_and_no_page_shows_it(
    made_up: MadeUp, three_days: tuple[datetime, ...]
) -> None:
    assert [found.day for found in trail.digests()] == [
        day_of(moment).isoformat() for moment in three_days
    ]
    assert [found.looks for found in trail.digests()] == [2, 2, 2]
    assert told() == told(quickly=True) == []
    assert full().problems == []
    assert made_up.browser_of(made_up.dana).get(f"/books/{trail_book()}/").status_code == 404


def test_a_day_that_is_not_over_waits_and_one_that_was_digested_is_not_again(
    made_up: MadeUp,
) -> None:
    look(made_up, noon(made_up, days_ago=0))
    midnight = start_of(day_of(made_up.now) + A_DAY)

    assert digest(midnight - timedelta(seconds=1)) == 0
    assert digest(midnight + AN_HOUR / 2) == 0, "a look that has just begun is in its day"
    assert digest(midnight + 2 * AN_HOUR) == 1
    lines = size()
    assert digest(midnight + 3 * AN_HOUR) == 0
    assert size() == lines


@pytest.mark.parametrize("which", [0, 1, 2])
@pytest.mark.parametrize(
    "column", ["worker_id", "book_id", "what", "at", "under", "device", "network", "why"]
)
def test_a_look_that_was_changed_is_named_by_its_day(
    made_up: MadeUp, three_days: tuple[datetime, ...], which: int, column: str
) -> None:
    moved = three_days[which] + timedelta(minutes=1)
    values = {"at": moved, "worker_id": made_up.kit.id, "book_id": "0" * 32, "what": "print"}
    value = values.get(column, "another")
    change(
        f"UPDATE read_trail SET {column} = %s"  # noqa: S608 (our own names)
        " WHERE id = (SELECT min(id) + %s FROM read_trail)",
        value,
        2 * which,
    )

    assert told() == [f"{day(three_days[which])}a look is not the one that was digested."]


def test_a_look_that_was_removed_is_named_by_its_day(three_days: tuple[datetime, ...]) -> None:
    change("DELETE FROM read_trail WHERE id = (SELECT min(id) + 2 FROM read_trail)")

    assert told() == [f"{day(three_days[1])}1 look was removed."]


def test_a_look_that_was_put_back_elsewhere_is_named_where_it_was_and_where_it_is(
    three_days: tuple[datetime, ...],
) -> None:
    change(
        "UPDATE read_trail SET id = (SELECT max(id) + 900 FROM read_trail)"
        " WHERE id = (SELECT min(id) FROM read_trail)"
    )

    assert told() == [
        f"{day(three_days[0])}1 look was removed.",
        f"{day(three_days[2])}1 look was put down after it was digested, as of this day or before.",
    ]


def test_a_look_slipped_into_a_digested_day_is_named(
    made_up: MadeUp, three_days: tuple[datetime, ...]
) -> None:
    look(made_up, three_days[1], page=3)

    assert told() == [
        f"{day(three_days[2])}1 look was put down after it was digested, as of this day or before."
    ]


def test_a_look_between_two_that_were_digested_is_named(
    made_up: MadeUp, three_days: tuple[datetime, ...]
) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT min(id) FROM read_trail")
        (least,) = cursor.fetchone()
    change("UPDATE read_trail SET id = %s WHERE id = %s", least + 5000, least + 5)
    change(
        "INSERT INTO read_trail"
        " (id, at, worker_id, book_id, what, first, last, under, device, network, why)"
        " SELECT %s, at, %s, book_id, what, first, last, under, device, network, why"
        " FROM read_trail WHERE id = %s",
        least + 5, made_up.kit.id, least + 4,
    )  # fmt: skip

    assert f"{day(three_days[2])}a look is not the one that was digested." in told()


def test_a_look_of_a_clock_that_was_wrong_is_counted_in_the_next_digest(
    made_up: MadeUp, three_days: tuple[datetime, ...]
) -> None:
    look(made_up, three_days[0])
    look(made_up, made_up.now + 700 * A_DAY)
    look(made_up, made_up.now)
    assert told() != []

    assert digest(made_up.now + A_DAY) >= 1

    late = [found for found in trail.digests() if found.late]
    assert [found.late for found in late] == [1]
    assert {found.day for found in trail.digests()} <= {
        day_of(made_up.now - ago * A_DAY).isoformat() for ago in range(4)
    }
    assert told() == []


def test_a_long_backlog_is_taken_a_run_at_a_time(
    made_up: MadeUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casebound.people.access.actions.digesting.DAYS", 2)
    monkeypatch.setattr(trail, "AT_A_TIME", 2)
    for ago in (5, 4, 3, 2, 1):
        for page in (1, 2, 3):
            look(made_up, noon(made_up, days_ago=ago), page=page)

    tomorrow = made_up.now + A_DAY  # yesterday is settled at every hour
    assert [digest(tomorrow) for _ in range(4)] == [2, 2, 1, 0]
    assert [found.looks for found in trail.digests()] == [3] * 5
    assert told() == []


def test_the_timer_digests_what_is_over(made_up: MadeUp) -> None:
    look(made_up, noon(made_up, days_ago=2))

    call_command("work")
    pages = book_pages(trail_book())
    call_command("work")

    assert (pages, book_pages(trail_book())) == (1, 1)
