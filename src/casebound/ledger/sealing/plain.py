"""The driver's own statements, in the transaction Django holds: a third of the cost.

Sealing is a dozen small statements, and Django's cursor costs as much as SQLite itself for each.
On PostgreSQL statements are prepared once a connection, values travel as binary, and those that
do not wait for each other go out together.
"""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache
from typing import Any

import psycopg
from django.db import connections


class Plain:
    """One store's connection. Write `%s` for a value, on either database."""

    def __init__(self, store: str = "default") -> None:
        """Use the connection this thread has to `store`, opening one if there is none."""
        self._wrapper = connections[store]
        self._wrapper.ensure_connection()
        self._connection: Any = self._wrapper.connection
        self.is_postgres = self._wrapper.vendor == "postgresql"
        if self.is_postgres:
            # Django switches preparing off. A pooler in between must be one that carries prepared
            # statements (PgBouncer from 1.21).
            self._connection.prepare_threshold = 0

    def execute(self, statement: str, values: Sequence[Any] = ()) -> Any:  # noqa: ANN401 (a cursor)
        """Run a statement; return what its rows can be fetched from."""
        if self.is_postgres:
            cursor = psycopg.Cursor(self._connection)
            return cursor.execute(statement, values, prepare=True, binary=True)
        return self._connection.execute(_for_sqlite(statement), values)

    def executemany(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run a statement once for each of `rows`."""
        if len(rows) == 1:
            self.execute(statement, rows[0])
        elif self.is_postgres:
            psycopg.Cursor(self._connection).executemany(statement, rows)
        elif rows:
            self._connection.executemany(_for_sqlite(statement), rows)

    def together(self) -> AbstractContextManager[Any]:
        """Send what is run inside without waiting for each answer (PostgreSQL)."""
        return self._connection.pipeline() if self.is_postgres else nullcontext()

    def errors(self) -> AbstractContextManager[Any]:
        """Raise the driver's errors as Django's."""
        return self._wrapper.wrap_database_errors

    def stream(self, statement: str, values: Sequence[Any] = ()) -> Iterable[tuple[Any, ...]]:
        """Yield the rows of a query one by one; only a few are in memory at any time."""
        if not self.is_postgres:
            return self._connection.execute(_for_sqlite(statement), values)  # type: ignore[no-any-return]  # the driver has no types
        return self._stream_postgres(statement, values)

    def _stream_postgres(self, statement: str, values: Sequence[Any]) -> Iterable[tuple[Any, ...]]:
        with psycopg.Cursor(self._connection) as cursor:
            yield from cursor.stream(statement, values, binary=True, size=200)


@lru_cache(maxsize=256)
def _for_sqlite(statement: str) -> str:
    return statement.replace("%s", "?")
