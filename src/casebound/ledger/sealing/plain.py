"""The driver's own statements, in the transaction Django holds: a third of the cost.

Sealing is a dozen small statements, and Django's cursor costs as much as SQLite itself for each.
On PostgreSQL statements are prepared once a connection, and those that do not wait for each other
go out together (`pipe`).
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import lru_cache
from hashlib import sha256
from typing import Any

import psycopg
from django.db import connections

from casebound.ledger.sealing.pipe import Pipe, pipe_of


class Plain:
    """One store's connection. Write `%s` for a value, on either database."""

    def __init__(self, store: str = "default") -> None:
        """Use the connection this thread has to `store`, opening one if there is none."""
        self._wrapper = connections[store]
        self._wrapper.ensure_connection()
        self._connection: Any = self._wrapper.connection
        self.is_postgres = self._wrapper.vendor == "postgresql"
        # A pooler in between must be one that carries prepared statements (PgBouncer from 1.21).
        self._pipe: Pipe | None = pipe_of(self._connection) if self.is_postgres else None
        self._together = 0

    def execute(self, statement: str, values: Sequence[Any] = ()) -> Any:  # noqa: ANN401 (a cursor)
        """Run a statement; return what its rows can be fetched from.

        Together with others it is sent when the first answer is asked for, and fails then.
        """
        if self._pipe is None:
            return self._connection.execute(_for_sqlite(statement), values)
        answer = self._pipe.send(statement, values)
        if not self._together:
            self._pipe.sync()
        return answer

    def executemany(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run a statement once for each of `rows`."""
        if self._pipe is not None:
            for row in rows:
                self._pipe.send(statement, row)
            if not self._together:
                self._pipe.sync()
        elif len(rows) == 1:
            self.execute(statement, rows[0])
        elif rows:
            self._connection.executemany(_for_sqlite(statement), rows)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Send what is run inside without waiting for each answer (PostgreSQL)."""
        if self._pipe is None:
            yield
            return
        self._together += 1
        try:
            yield
        except BaseException:
            self._together -= 1
            with suppress(psycopg.Error):
                self._pipe.sync()
            raise
        self._together -= 1
        if not self._together:
            self._pipe.sync()

    def commit(self) -> None:
        """Commit now, with the last statements (PostgreSQL), if Django would do so next.

        Nothing may be run after it. Django's own commit then finds nothing to do.
        """
        wrapper = self._wrapper
        outermost = len(wrapper.atomic_blocks) == 1 and wrapper.commit_on_exit
        if self._pipe is not None and outermost and not wrapper.needs_rollback:
            self._pipe.commit()

    def lock(self, number: int) -> None:
        """Take an advisory lock for the rest of the transaction. SQLite's transaction is one."""
        if self.is_postgres:
            self.execute("SELECT pg_advisory_xact_lock(%s)", [number])

    def try_lock(self, number: int) -> Any:  # noqa: ANN401 (a cursor)
        """Take it if nobody else has it; the one row says whether. None on SQLite: it is taken."""
        if not self.is_postgres:
            return None
        return self.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])

    def wait_for(self, number: int) -> None:
        """Wait until nobody has the lock any more, without taking it oneself.

        Waiting is shared: all who wait go on at once, and do not wake each other one by one.
        """
        if self.is_postgres:
            with self.together():
                self.execute("SELECT pg_advisory_lock_shared(%s)", [number])
                self.execute("SELECT pg_advisory_unlock_shared(%s)", [number])

    def errors(self) -> AbstractContextManager[Any]:
        """Raise the driver's errors as Django's."""
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


def lock_number(name: bytes) -> int:
    """Return the number of an advisory lock: the first 8 bytes of the digest of its name."""
    return int.from_bytes(sha256(name).digest()[:8], "big", signed=True)


@lru_cache(maxsize=256)
def _for_sqlite(statement: str) -> str:
    return statement.replace("%s", "?")
