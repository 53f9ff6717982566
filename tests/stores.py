"""The three stores in tests: throw-away files, or a throw-away PostgreSQL cluster.

`CASEBOUND_TEST_STORE` says which: `sqlite` (if not said), `postgres`, or `none` for rules and
proofs alone, which then need neither Django nor a second to start.

A test that touches a store says so, and has all three:

    @pytest.mark.django_db                    # undone at the end: fast, the usual one
    @pytest.mark.django_db(transaction=True)  # really committed, and all put back afterwards
    def test_…(processes): …                  # several processes (tests/processes.py), committed
    def test_…(live_server, new_page): …      # a browser (tests/browser.py), committed

Sealed tables are barred against deletion, so committed rows are not deleted one by one: each store
is put back whole. A test without `made_up` begins with what the migrations left; one with `made_up`
begins with the provider of `tests/made_up.py`, which is built once a run (`tests/worlds.py`).
`@pytest.mark.sqlite` and `@pytest.mark.postgres`
keep a test to one kind of store. With PostgreSQL, tests that touch no store are left out: they
would only say the same again.
"""

from collections.abc import Generator, Iterator
from contextlib import nullcontext
from typing import TYPE_CHECKING

import pytest
from pytest_django import DjangoDbBlocker

from tests import clock
from tests.installation import STORE, let_workers_prepare, the_cluster
from tests.postgres import Cluster

if TYPE_CHECKING:
    from tests.worlds import Worlds

TOUCHING = {"db", "transactional_db", "live_server", "processes"}
COMMITTING = TOUCHING - {"db"}
TEST: pytest.StashKey[pytest.Item] = pytest.StashKey()  # the one that runs
WORLDS: pytest.StashKey["Worlds"] = pytest.StashKey()


@pytest.fixture(scope="session")
def cluster() -> Cluster:
    """Return this run's PostgreSQL cluster, running."""
    the_cluster().start()
    return the_cluster()


def pytest_report_header() -> str:
    """Say at the top which stores the tests run on."""
    return f"stores: {STORE}"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Let each worker of a run (`-n 2`) have an installation and a cluster of its own."""
    let_workers_prepare()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Give tests of a store all three, and leave out the tests of another kind of store."""
    kept: list[pytest.Item] = []
    left_out: list[pytest.Item] = []
    for item in items:
        touches = touches_a_store(item)
        if touches:
            _give_all_stores(item)
        fits = {
            "sqlite": item.get_closest_marker("postgres") is None,
            "postgres": touches and item.get_closest_marker("sqlite") is None,
            "none": not touches,
        }[STORE]
        (kept if fits else left_out).append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept


def _fixtures(item: pytest.Item) -> set[str]:
    return set(getattr(item, "fixturenames", ()))


def touches_a_store(item: pytest.Item) -> bool:
    """Say whether a test asks for the stores."""
    marked = any(item.get_closest_marker(name) for name in ("django_db", "postgres"))
    return marked or bool(_fixtures(item) & TOUCHING)


def _give_all_stores(item: pytest.Item) -> None:
    marker = item.get_closest_marker("django_db")
    committed = {"transaction": True} if _fixtures(item) & COMMITTING else {}
    said = dict(marker.kwargs) if marker else {}
    if marker or _fixtures(item) & TOUCHING:
        item.add_marker(
            pytest.mark.django_db(**{"databases": "__all__"} | said | committed), append=False
        )


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Use the stores under their own names, so that other processes find them as they are."""
    from django.db import connections  # noqa: PLC0415 (there is no Django with `none`)

    if STORE == "postgres":
        the_cluster().start()
    for connection in connections.all():
        connection.settings_dict["TEST"]["NAME"] = connection.settings_dict["NAME"]


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,  # noqa: ARG001 (the migrations have run)
    django_db_blocker: DjangoDbBlocker,
    request: pytest.FixtureRequest,
) -> Iterator[None]:
    """Keep what the migrations left, and from now on give each test the stores it asks for."""
    from django.test import TransactionTestCase  # noqa: PLC0415 (there is no Django with `none`)

    from tests.worlds import Worlds  # noqa: PLC0415 (as above)

    worlds = Worlds(django_db_blocker)
    request.config.stash[WORLDS] = worlds
    worlds.prepare(request.config.stash[TEST])
    with pytest.MonkeyPatch.context() as patch:
        # Django would delete row by row (or truncate), which is exactly what is barred.
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: worlds.note_committed())
        yield
    worlds.check_untouched()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Set the clock, and put the stores in order before Django opens a transaction on them."""
    stash = item.config.stash
    stash[TEST] = item
    begins = clock.of_test(item)
    with nullcontext() if begins is None else clock.set_to(begins):
        if WORLDS in stash and touches_a_store(item):
            stash[WORLDS].prepare(item)
        return (yield)
