"""Making the databases of a demo, so that one line starts it on PostgreSQL."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import psycopg
from psycopg import sql

from casebound.foundation.stores.postgres.base import DatabaseWrapper

_ALWAYS_THERE: Final = "postgres"


def make_missing_databases(stores: Iterable[Any]) -> None:
    """Make each database that is not there yet. The role of the address must be allowed to.

    Nothing on SQLite, which makes its files itself.
    """
    for store in stores:
        if isinstance(store, DatabaseWrapper):
            params = store.get_connection_params()
            _make_missing({**params, "dbname": _ALWAYS_THERE, "autocommit": True}, params["dbname"])


def _make_missing(params: Mapping[str, Any], name: str) -> None:
    with psycopg.connect(**params) as connection, psycopg.Cursor(connection) as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
