"""The made-up world and the clock are those of each test alone, as `tests/worlds.py` says."""

import time

import pytest
from django.utils import timezone

from casebound.ledger.sealing import highwater, watched_clock
from casebound.ledger.sealing.reads import size
from casebound.people.homes.models import Home
from tests.clock import moment
from tests.hard_moments import HARD
from tests.made_up import MadeUp
from tests.processes import Processes

A_MINUTE = 60.0  # seconds: more than a test takes to begin, however busy the machine is


def known() -> highwater.HighWater:
    mark = highwater.read()
    assert mark is not None
    return mark


@pytest.mark.parametrize("time", ["first", "second"])
@pytest.mark.django_db
def test_what_one_test_writes_is_gone_in_the_next(made_up: MadeUp, time: str) -> None:
    assert size() == known().size
    assert made_up.write(made_up.jay, f"The {time} one.").numbers[made_up.jay.book] == 2


@pytest.mark.parametrize("time", ["first", "second"])
@pytest.mark.django_db(transaction=True)
def test_so_it_is_where_tests_really_commit(made_up: MadeUp, time: str) -> None:
    assert made_up.write(made_up.jay, f"The {time} one.").numbers[made_up.jay.book] == 2


@pytest.mark.parametrize("time", ["first", "second"])
@pytest.mark.django_db
def test_a_clock_that_one_test_watches_is_not_watched_in_the_next(
    made_up: MadeUp, time: str
) -> None:
    assert watched_clock.watched() is None
    assert not watched_clock.watched_clock().noted.exists()

    watched_clock.watch()
    made_up.write(made_up.jay, f"The {time} one.")
    assert watched_clock.watched_clock().noted.exists()


@pytest.mark.django_db
def test_without_the_made_up_provider_the_stores_are_bare() -> None:
    assert not Home.objects.exists()
    assert highwater.read() is None


@pytest.mark.django_db(transaction=True)
def test_so_they_are_where_tests_really_commit() -> None:
    assert not Home.objects.exists()


def clock_there(now: float) -> tuple[bool, int]:
    return 0 <= time.time() - now < A_MINUTE, Home.objects.count()


def test_other_processes_have_the_world_and_the_clock(
    processes: Processes, made_up: MadeUp
) -> None:
    assert processes.start(clock_there, made_up.now.timestamp()).answer() == (True, 3)


@pytest.mark.every_clock
@pytest.mark.django_db
def test_a_test_begins_at_the_moment_it_asks_for(
    made_up: MadeUp, request: pytest.FixtureRequest
) -> None:
    named = getattr(request.node, "callspec", None)
    asked = named.params["hard_clock"] if named else ""

    assert 0 <= (timezone.now() - made_up.now).total_seconds() < A_MINUTE
    if asked:
        assert made_up.now.timestamp() == moment(HARD[asked])
