"""Refusing a pooler in transaction mode, such as PgBouncer, before any harm is done.

casebound keeps things with a connection: the time zone, how long a request may wait, the schema in
which rooms are remade, prepared statements, and the lock of the one process that remakes. A pooler
in transaction mode gives each transaction another connection, so rows of one schema would end up in
another. In session mode a pooler is fine. casebound's own pool needs none (`CASEBOUND_POOL`).
"""

from contextlib import closing
from typing import Any

import psycopg

from casebound.foundation.base.refusals import RefusedError
from casebound.foundation.stores.postgres.base import DatabaseWrapper


class PooledByTransactionError(RefusedError):
    """A pooler in front of PostgreSQL gives each transaction another connection."""

    what = "casebound does not work behind this pooler."
    why = (
        "Between casebound and PostgreSQL is a pooler in transaction mode. It would give each"
        " transaction another connection, and casebound keeps settings and locks with its own."
    )
    do = (
        "Name PostgreSQL itself in the address, and set CASEBOUND_POOL if it has too few"
        " connections. Or set the pooler to session mode."
    )


def refuse_poolers(store: Any) -> None:  # noqa: ANN401 (Django's wrapper of either database)
    """Make sure that two connections of a store stay two; change nothing. Nothing on SQLite.

    PostgreSQL tells each connection which process serves it. A pooler tells a number of its own,
    and is then tried: while one connection is idle, does another get its process?

    Raises:
        PooledByTransactionError: they share one, or one changes its process.
    """
    if not isinstance(store, DatabaseWrapper):
        return
    store.ensure_connection()
    connection: psycopg.Connection[Any] = store.connection
    if connection.info.backend_pid == _process_of(connection):
        return
    params = {**store.get_connection_params(), "autocommit": True}
    try:
        is_shared = _is_shared(params)
    except psycopg.Error as failed:
        if "pooling mode" not in str(failed):  # what PgBouncer says in statement mode
            raise
        raise PooledByTransactionError from failed
    if is_shared:
        raise PooledByTransactionError


def _is_shared(params: dict[str, Any]) -> bool:
    """Say whether two connections share one process, or one changes its process."""
    with (
        closing(psycopg.connect(**params)) as first,
        closing(psycopg.connect(**params)) as second,
    ):
        before = _process_of(first)
        with second.transaction():
            return _process_of(second) == before or _process_of(first) != before


def _process_of(connection: "psycopg.Connection[Any]") -> int:
    with psycopg.Cursor(connection) as cursor:
        row = cursor.execute("SELECT pg_backend_pid()").fetchone()
    return int(row[0]) if row else 0
