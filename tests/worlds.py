"""What the stores hold when a test begins: nothing, or the made-up provider.

The provider is built once a run, and once for each hard moment of `tests/clock.py`. Tests that are
rolled back use a copy of the stores with it, through connections of their own, which stay open; so
neither building nor connecting is paid for again. Tests that commit work on the stores themselves,
since other processes and threads find those by name; before such a test they are put back to what
it wants, if they are something else.
"""

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pytest
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from casebound.ledger.keyring.actions import forget_keys
from casebound.ledger.sealing import highwater, watched_clock
from casebound.ledger.sealing.reads import forget_corrections
from tests import clock
from tests.snapshots import Store, store_of

if TYPE_CHECKING:
    from tests.made_up import MadeUp

Connections = dict[str, BaseDatabaseWrapper]

BARE: Final = "bare"  # the copy with what the migrations left
USED: Final = "used"  # whatever a test left
QUICK = ["tests.made_up.QuickHasher"]  # hashes passwords with so little work that tests are quick


@dataclass(frozen=True, slots=True)
class World:
    """The made-up provider of one moment.

    Attributes:
        made_up: the provider.
        mark: how far its log reaches.
        kept: the name of the copy of the stores with it, to which nobody is connected.
    """

    made_up: "MadeUp"
    mark: highwater.HighWater
    kept: str


class Worlds:
    """The stores of a run, and what they hold."""

    def __init__(self, blocker: DjangoDbBlocker) -> None:
        """Keep the stores as they are now: the migrations have run."""
        self._blocker = blocker
        self._own: Connections = {alias: connections[alias] for alias in connections}
        self._stores: dict[str, Store] = {
            alias: store_of(connection) for alias, connection in self._own.items()
        }
        self._worlds: dict[float, World] = {}
        self._opened: dict[str, Connections] = {}
        self._holds: str = BARE
        self._now: World | None = None
        with blocker.unblock():
            self._copy("", BARE)

    def prepare(self, test: pytest.Item) -> None:
        """Give a test the stores it asks for, before a transaction is opened on them."""
        marker = test.get_closest_marker("django_db")
        commits = bool(marker and marker.kwargs.get("transaction"))
        peopled = "made_up" in getattr(test, "fixturenames", ())
        begins = clock.of_test(test)
        # `work` in a test before watched the clock, whose time is set to another now.
        watched_clock.unwatch()
        watched_clock.watched_clock().noted.unlink(missing_ok=True)
        with self._blocker.unblock():
            self._now = self._world(clock.BEGAN if begins is None else begins) if peopled else None
            if self._now is not None and not commits:
                self._use(self._open(self._now))
            else:
                self._use(self._own)
                self._hold(self._now.kept if self._now else BARE)
        forget_keys()
        forget_corrections()
        highwater.path().unlink(missing_ok=True)
        highwater._known.clear()
        if self._now is not None:
            highwater.write(self._now.mark)

    def made_up(self) -> "MadeUp":
        """Return the provider, for one test."""
        assert self._now is not None  # the test asked for it
        return copy.copy(self._now.made_up)

    def note_committed(self) -> None:
        """Note that a test has written to the stores themselves."""
        self._holds = USED

    def check_untouched(self) -> None:
        """Make sure that every test that was to be rolled back was.

        Raises:
            AssertionError: rows came or went; a test committed that did not say so.
        """
        with self._blocker.unblock():
            self._use(self._own)
            for kept, opened in self._opened.items():
                for alias, connection in opened.items():
                    untouched = self._stores[alias].connection(kept)
                    assert _sizes(connection) == _sizes(untouched), f"a test committed in {alias}"
                    connection.close()
                    untouched.close()

    def _world(self, begins: float) -> World:
        """Return the provider of a moment; if it is new, the stores hold it afterwards."""
        if begins not in self._worlds:
            from tests.made_up import MadeUp  # noqa: PLC0415 (a room's tests may be loaded first)

            self._use(self._own)
            self._hold(BARE)
            highwater.path().unlink(missing_ok=True)
            highwater._known.clear()
            with clock.set_to(begins), override_settings(PASSWORD_HASHERS=QUICK):
                made_up = MadeUp()
            mark = highwater.read()
            assert mark is not None  # something was sealed
            world = World(made_up, mark, f"peopled{len(self._worlds)}")
            self._copy("", world.kept)
            self._holds = world.kept
            self._worlds[begins] = world
        return self._worlds[begins]

    def _open(self, world: World) -> Connections:
        """Return connections to a copy of a world that tests write to and roll back."""
        if world.kept not in self._opened:
            opened = f"{world.kept}_open"
            self._copy(world.kept, opened)
            self._opened[world.kept] = {
                alias: store.connection(opened) for alias, store in self._stores.items()
            }
        return self._opened[world.kept]

    def _hold(self, wanted: str) -> None:
        if self._holds != wanted:
            self._copy(wanted, "")
            self._holds = wanted

    def _copy(self, source: str, target: str) -> None:
        for store in self._stores.values():
            store.copy(source, target)

    def _use(self, chosen: Connections) -> None:
        for alias, connection in chosen.items():
            connections[alias] = connection


def _sizes(connection: BaseDatabaseWrapper) -> dict[str, int]:
    """Return how many rows each table has."""
    with connection.cursor() as cursor:
        sizes = {}
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608
            sizes[name] = cursor.fetchone()[0]
    return sizes
