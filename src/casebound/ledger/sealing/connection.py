"""A store's connection as the ledger uses it: the driver's own statements, in Django's transaction.

Private to the ledger. A seal is about a dozen small statements. Django's cursor costs as much as
SQLite itself for each; on PostgreSQL each would be a trip to the server (`pipeline`). What this
saves stands in `docs/speed.md`.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import lru_cache
from hashlib import sha256
from typing import Any

import psycopg
from django.db import connections

from casebound.ledger.sealing.pipeline import Pipeline, pipeline_of


class StoreConnection:
    """One store's connection. Write `%s` for a value, on either database."""

    def __init__(self, store: str = "default") -> None:
        """Use the connection this thread has to `store`, opening one if there is none."""
        self._wrapper = connections[store]
        self._wrapper.close_if_health_check_failed()  # as Django's own cursor does
        self._wrapper.ensure_connection()
        self._connection: Any = self._wrapper.connection
        self.is_postgres = self._wrapper.vendor == "postgresql"
        # A pooler in between must be one that carries prepared statements (PgBouncer from 1.21).
        self._pipeline: Pipeline | None = (
            pipeline_of(self._connection) if self.is_postgres else None
        )
        self._depth = 0

    def execute(self, statement: str, values: Sequence[Any] = ()) -> Any:  # noqa: ANN401 (a cursor)
        """Run a statement. Return a cursor to fetch its rows from.

        In a batch, it is sent when the first answer is read, and fails only then.
        """
        if self._pipeline is None:
            return self._connection.execute(_for_sqlite(statement), values)
        answer = self._pipeline.send(statement, values)
        if not self._depth:
            self._pipeline.sync()
        return answer

    def executemany(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run a statement once for each of `rows`."""
        if self._pipeline is not None:
            for row in rows:
                self._pipeline.send(statement, row)
            if not self._depth:
                self._pipeline.sync()
        elif len(rows) == 1:
            self.execute(statement, rows[0])
        elif rows:
            self._connection.executemany(_for_sqlite(statement), rows)

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Send what is run inside without waiting for each answer (PostgreSQL)."""
        if self._pipeline is None:
            yield
            return
        self._depth += 1
        try:
            yield
        except BaseException:
            self._depth -= 1
            with suppress(psycopg.Error):
                self._pipeline.sync()
            raise
        self._depth -= 1
        if not self._depth:
            self._pipeline.sync()

    def commit(self) -> None:
        """Commit now, if Django would do so next; its own commit then finds nothing to do.

        Run nothing after it. On PostgreSQL the COMMIT travels with the last statements, which
        saves a trip to the server; on SQLite there is nothing to save, and Django commits.
        """
        wrapper = self._wrapper
        outermost = len(wrapper.atomic_blocks) == 1 and wrapper.commit_on_exit
        if self._pipeline is not None and outermost and not wrapper.needs_rollback:
            self._pipeline.commit()

    def lock(self, number: int) -> None:
        """Take an advisory lock until the transaction ends. On SQLite the transaction is a lock."""
        if self.is_postgres:
            self.execute("SELECT pg_advisory_xact_lock(%s)", [number])

    def try_lock(self, number: int) -> Any:  # noqa: ANN401 (a cursor)
        """Take the lock if no other process has it; `is_taken` says whether it did."""
        if not self.is_postgres:
            return None
        return self.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])

    def wait_for(self, number: int) -> None:
        """Wait until nobody holds the lock, without taking it.

        Waiting is shared: all who wait go on at once, and do not wake each other one by one.
        """
        if self.is_postgres:
            with self.batch():
                self.execute("SELECT pg_advisory_lock_shared(%s)", [number])
                self.execute("SELECT pg_advisory_unlock_shared(%s)", [number])

    def errors(self) -> AbstractContextManager[Any]:
        """Raise the driver's errors as Django's errors."""
        return self._wrapper.wrap_database_errors

    def stream(self, statement: str, values: Sequence[Any] = ()) -> Iterable[tuple[Any, ...]]:
        """Yield the rows of a query one by one; only a few are in memory at any time."""
        if not self.is_postgres:
            return self._connection.execute(_for_sqlite(statement), values)  # type: ignore[no-any-return]  # the driver has no types
        return self._stream_postgres(statement, values)

    def _stream_postgres(self, statement: str, values: Sequence[Any]) -> Iterable[tuple[Any, ...]]:
        try:
            with psycopg.Cursor(self._connection) as cursor:
                yield from cursor.stream(statement, values, binary=True, size=200)
        finally:
            # libpq remembers that rows were wanted in pieces until a statement outside a pipeline.
            self._connection.pgconn.exec_(b"")


def is_taken(tried: Any) -> bool:  # noqa: ANN401 (a cursor)
    """Say whether `try_lock` took the lock. On SQLite the transaction always has it."""
    return tried is None or bool(tried.fetchone()[0])


def lock_number(name: bytes) -> int:
    """Return the number of an advisory lock: the first 8 bytes of the digest of its name."""
    return int.from_bytes(sha256(name).digest()[:8], "big", signed=True)


@lru_cache(maxsize=256)
def _for_sqlite(statement: str) -> str:
    return statement.replace("%s", "?")
