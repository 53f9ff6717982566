"""The three stores in tests: throw-away files, or a throw-away PostgreSQL cluster.

`CASEBOUND_TEST_STORE` says which: `sqlite` (if not said), `postgres`, or `none` for rules and
proofs alone, which then need neither Django nor a second to start.

A test that touches a store says so, and has all three:

    @pytest.mark.django_db                    # undone at the end: fast, the usual one
    @pytest.mark.django_db(transaction=True)  # really committed, and all put back afterwards
    def test_…(processes): …                  # several processes (tests/processes.py), committed
    def test_…(live_server, new_page): …      # a browser (tests/browser.py), committed

Sealed tables are barred against deletion, so committed rows are not deleted one by one: each store
is put back whole, to what the migrations left. `@pytest.mark.sqlite` and `@pytest.mark.postgres`
keep a test to one kind of store. With PostgreSQL, tests that touch no store are left out: they
would only say the same again.
"""

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import psycopg
import pytest
import sqlcipher3
from psycopg import sql
from pytest_django import DjangoDbBlocker

from tests.installation import STORE, the_cluster
from tests.postgres import Cluster

TOUCHING = {"db", "transactional_db", "live_server", "processes"}
COMMITTING = TOUCHING - {"db"}


@pytest.fixture(scope="session")
def cluster() -> Cluster:
    """Return this run's PostgreSQL cluster, running."""
    the_cluster().start()
    return the_cluster()


def pytest_report_header() -> str:
    """Say at the top which stores the tests run on."""
    return f"stores: {STORE}"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Give tests of a store all three, and leave out the tests of another kind of store."""
    kept: list[pytest.Item] = []
    left_out: list[pytest.Item] = []
    for item in items:
        touches = _touches_a_store(item)
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


def _touches_a_store(item: pytest.Item) -> bool:
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
) -> Iterator[None]:
    """Keep what the migrations left, and put it back after each test that committed."""
    from django.db import connections  # noqa: PLC0415 (there is no Django with `none`)
    from django.test import TransactionTestCase  # noqa: PLC0415

    from casebound.ledger.sealing import highwater  # noqa: PLC0415 (as above)

    keep = _keep_database if STORE == "postgres" else _keep_file
    with django_db_blocker.unblock():
        kept = [keep(connection) for connection in connections.all()]

    def put_all_back(_: TransactionTestCase) -> None:
        for put_back in kept:
            put_back()
        # The log is as short again as before; its mark must not say otherwise.
        highwater.path().unlink(missing_ok=True)

    with pytest.MonkeyPatch.context() as patch:
        # Django would delete row by row (or truncate), which is exactly what is barred.
        patch.setattr(TransactionTestCase, "_fixture_teardown", put_all_back)
        yield


def _keep_file(connection: Any) -> Callable[[], None]:  # Any: a wrapper of either backend
    """Copy an SQLite store, page by page; return what copies it back.

    Page by page and not by file, so that connections still open elsewhere see the change.
    """
    connection.close()
    name, key = connection.settings_dict["NAME"], connection.settings_dict["OPTIONS"]["key_hex"]

    def copy(source: str, target: str) -> None:
        with closing(_opened(source, key)) as old, closing(_opened(target, key)) as new:
            old.backup(new)

    copy(name, f"{name}.kept")

    def put_back() -> None:
        connection.close()
        copy(f"{name}.kept", name)

    return put_back


def _opened(path: str, key: str) -> Any:  # Any: the driver has no types
    connection = sqlcipher3.connect(path, timeout=20)
    connection.execute(f"PRAGMA key = \"x'{key}'\"")
    connection.execute("PRAGMA synchronous=OFF")
    return connection


def _keep_database(connection: Any) -> Callable[[], None]:  # Any: a wrapper of either backend
    """Make a template of a PostgreSQL store; return what makes the store from it again."""
    store = sql.Identifier(connection.settings_dict["NAME"])
    kept = sql.Identifier(f"{connection.settings_dict['NAME']}_kept")

    def renew(target: sql.Identifier, source: sql.Identifier) -> None:
        connection.close()
        with psycopg.connect(the_cluster().url("postgres"), autocommit=True) as admin:
            # FORCE: a server's thread may still hold a connection that nobody will use again.
            admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(target))
            admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(target, source))

    renew(kept, store)
    return lambda: renew(store, kept)
