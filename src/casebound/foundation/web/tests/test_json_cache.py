"""The cache keeps no pickles, on either database, and adds for one request alone."""

import pickle
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache, caches
from django.db import connections
from django.utils import timezone

from casebound.foundation.web.json_cache import JsonCache
from tests.processes import Processes

pytestmark = pytest.mark.django_db


class Ran:
    """A pickle of this runs code when it is read."""

    def __reduce__(self) -> tuple[object, ...]:
        return pytest.fail, ("it ran",)


def test_every_cache_is_of_json_and_so_are_the_sessions() -> None:
    assert [type(caches[name]) for name in settings.CACHES] == [JsonCache]
    assert settings.SESSION_SERIALIZER == "django.contrib.sessions.serializers.JSONSerializer"


@pytest.mark.parametrize("value", [1, "ß", [1.5, 2.5], {"a": None}, True, 0, ""])
def test_a_value_comes_back_until_its_time_is_over(value: object) -> None:
    cache.set("place", value, timeout=60)

    assert cache.get("place", "none") == value
    assert cache.has_key("place")
    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        assert cache.get("place", "none") == "none"


def test_a_pickle_in_the_table_is_not_read() -> None:
    cache.set("place", 1)
    with connections["default"].cursor() as cursor:
        cursor.execute("UPDATE cache SET value = %s", [pickle.dumps(Ran(), protocol=0).decode()])

    assert cache.get("place") is None


def test_adding_is_told_to_the_first_alone_until_the_time_is_over() -> None:
    assert [cache.add("place", 1, timeout=60) for _ in range(3)] == [True, False, False]
    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        assert cache.add("place", 1)
    assert cache.delete("place")
    assert not cache.delete("place")


def test_what_is_over_leaves_the_table() -> None:
    for number in range(5):
        cache.set(f"place-{number}", number, timeout=60)
    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        cache.set("another", 1)
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache")
        assert cursor.fetchone() == (1,)


def test_counting_and_keeping_for_longer() -> None:
    cache.set("count", 1, timeout=60)
    assert cache.incr("count") == 2
    assert cache.touch("count", 600)
    assert not cache.touch("nothing", 600)
    with time_machine.travel(timezone.now() + timedelta(seconds=300)):
        assert cache.get("count") == 2
    cache.clear()
    assert cache.get("count") is None


def add() -> bool:
    return cache.add("place", 1, timeout=60)


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_of_several_processes_one_adds(processes: Processes) -> None:
    added = processes.together(add, *[[]] * 4)

    assert sorted(map(bool, added)) == [False, False, False, True]
