"""The driver's own statements, in the transaction Django holds: a third of the cost.

Sealing is a dozen small statements, and Django's cursor costs as much as SQLite itself for each.
On PostgreSQL statements are prepared once a connection, and those that do not wait for each other
go out together (`pipe`).
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
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

    def ask(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of one query, times and texts as the driver reads them. 1 query.

        Whoever counts or watches Django's statements sees it too: then it goes Django's way, which
        costs three to six times as much.

        Raises:
            django.db.Error: what the driver raises, as Django's.
        """
        wrapper: Any = self._wrapper  # Django's own, which the stubs tell only half of
        if wrapper.queries_logged or wrapper.execute_wrappers:
            with wrapper.cursor() as cursor:
                cursor.execute(statement, values)
                return list(cursor.fetchall())
        with self.errors():
            return list(self.execute(statement, values).fetchall())

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

    def keep(self, statement: str, row: Sequence[Any]) -> None:
        """Run a writing statement, durable on return unless Django holds a transaction.

        Alone it is a transaction by itself, which costs half of one that Django begins and ends:
        on PostgreSQL one trip to the server in place of two.

        Raises:
            django.db.Error: what the driver raises, as Django's; then nothing of it is kept.
        """
        wrapper: Any = self._wrapper  # ours on SQLite, which the stubs do not know
        with self.errors(), nullcontext() if self.is_postgres else wrapper.turn():
            self.execute(statement, row)

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

    def commit(self, meanwhile: Callable[[], None] | None = None) -> None:
        """Commit now, if Django would do so next; its own commit then finds nothing to do.

        Nothing may be run after it. On PostgreSQL it travels with the last statements. `meanwhile`
        runs while the disk is waited for, and must raise nothing; if it asks this store, it waits.
        """
        wrapper = self._wrapper
        outermost = len(wrapper.atomic_blocks) == 1 and wrapper.commit_on_exit
        if not outermost or wrapper.needs_rollback:
            if meanwhile is not None:
                meanwhile()
        elif self._pipe is not None:
            self._pipe.begin_commit()
            self._run_beside(self._pipe.settle, meanwhile)
        elif meanwhile is not None:
            # The driver lets other threads run while it writes and waits. Django would let no
            # other thread call `commit`.
            written = _beside().submit(self._commit_here)
            self._run_beside(written.result, meanwhile)

    def _commit_here(self) -> None:
        wrapper: Any = self._wrapper  # Django's own, which the stubs do not tell of
        wrapper._commit()  # noqa: SLF001

    def _run_beside(self, settle: Callable[[], None], meanwhile: Callable[[], None] | None) -> None:
        """Do something while a commit is under way, then wait for it."""

        def first_settle(execute: Callable[..., Any], *words: Any) -> Any:  # noqa: ANN401 (Django's)
            settle()
            return execute(*words)

        if meanwhile is not None:
            with self._wrapper.execute_wrapper(first_settle):
                meanwhile()
        settle()

    def lock(self, number: int) -> None:
        """Take an advisory lock for the rest of the transaction. SQLite's transaction is one."""
        if self.is_postgres:
            self.execute("SELECT pg_advisory_xact_lock(%s)", [number])

    def try_lock(self, number: int) -> Any:  # noqa: ANN401 (a cursor)
        """Take it if nobody else has it; `is_taken` says whether."""
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


def _beside() -> ThreadPoolExecutor:
    """Return the threads that commit while their writers go on; none is shared across a fork."""
    return _threads(os.getpid())


@lru_cache(maxsize=1)
def _threads(_: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=4, thread_name_prefix="commit")


def is_taken(tried: Any) -> bool:  # noqa: ANN401 (a cursor)
    """Say whether a lock that was tried was free. On SQLite nothing is tried: it is taken."""
    return tried is None or bool(tried.fetchone()[0])


def lock_number(name: bytes) -> int:
    """Return the number of an advisory lock: the first 8 bytes of the digest of its name."""
    return int.from_bytes(sha256(name).digest()[:8], "big", signed=True)


@lru_cache(maxsize=256)
def _for_sqlite(statement: str) -> str:
    return statement.replace("%s", "?")
