"""Statements on one PostgreSQL connection, sent through its pipeline by the driver's own calls.

A cursor of psycopg costs 60 to 100 us of processor time a statement, which for a seal's twenty
small statements is more than PostgreSQL itself needs. Here each is prepared once a connection and
then costs a few microseconds; those that do not wait for each other travel together, and a
transaction's BEGIN and COMMIT travel with them.

Rows come back through psycopg, so that every type reads as it does elsewhere.
"""

import select
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from psycopg import Connection, errors
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ExecStatus, Format, TransactionStatus
from psycopg.pq.abc import PGresult

Row = tuple[Any, ...]
_GOOD = frozenset({ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK})
_NOT_RUN = ExecStatus.PIPELINE_ABORTED  # because an earlier statement failed


class Answer:
    """The answer of a statement; reading it sends the statements that still wait."""

    __slots__ = ("_pipeline", "_rows", "result")

    def __init__(self, pipeline: "Pipeline") -> None:
        """Wait for the answer to a statement that was just sent."""
        self._pipeline = pipeline
        self.result: PGresult | None = None
        self._rows: list[Row] | None = None

    @property
    def rowcount(self) -> int:
        """How many rows the statement returned or changed."""
        result = self._arrived()
        return result.ntuples if result.nfields else int(result.command_tuples or 0)

    def fetchone(self) -> Row | None:
        """Return the next row, or None."""
        rows = self.fetchall()
        row = rows.pop(0) if rows else None
        self._rows = rows
        return row

    def fetchall(self) -> list[Row]:
        """Return the rows that are left."""
        if self._rows is None:
            self._rows = self._pipeline.rows_of(self._arrived())
        rows, self._rows = self._rows, []
        return rows

    def __iter__(self) -> Iterator[Row]:
        """Go through the rows that are left."""
        return iter(self.fetchall())

    def _arrived(self) -> PGresult:
        if self.result is None:
            self._pipeline.sync()
        if self.result is None:
            raise errors.OperationalError("a statement has no answer")
        return self.result


class Pipeline:
    """One connection. Not shared between threads, as Django's are not."""

    def __init__(self, connection: "Connection[Any]") -> None:
        """Use an open connection that nothing else is using."""
        self._connection = connection
        self._pg = connection.pgconn
        self._prepared: dict[str, bytes] = {}
        self._made = 0
        self._new: list[str] = []  # prepared since the last sync: not there if something failed
        self._waiting: list[Answer | None] = []  # None for what nobody asked the answer of
        self._wake = select.poll()
        self._socket = -1
        # A request waits only so long (`foundation.stores.postgres`); a command waits.
        within: float | None = getattr(connection, "answer_within", None)
        self._patience = within and within * 1000

    def send(self, statement: str, values: Sequence[Any]) -> Answer:
        """Send a statement; a transaction begins before it, where Django expects one."""
        if not self._waiting:
            self._enter()
        name = self._prepared.get(statement) or self._prepare(statement)
        bound, formats = [], []
        for value in values:
            data, form = self._written(value)
            bound.append(data)
            formats.append(form)
        self._pg.send_query_prepared(name, bound, formats, Format.BINARY)
        answer = Answer(self)
        self._waiting.append(answer)
        return answer

    def commit(self) -> None:
        """Commit the transaction; the COMMIT travels with the statements before it.

        Raises:
            psycopg.Error: a statement or the commit failed, and nothing is kept.
        """
        if not self._waiting:
            if self._pg.transaction_status == TransactionStatus.IDLE:
                return
            self._enter()
        self._command(b"COMMIT")
        self.sync()

    def sync(self) -> None:
        """Wait for every answer that has not come yet.

        Raises:
            psycopg.Error: the first statement that failed; the later ones were not run.
        """
        if self._waiting:
            self._pg.pipeline_sync()
            self._collect()

    def _collect(self) -> None:
        waiting, self._waiting = self._waiting, []
        new, self._new = self._new, []
        failed: PGresult | None = None
        try:
            for answer in waiting:
                result = self._next()
                if result.status in _GOOD:
                    if answer is not None:
                        answer.result = result
                elif failed is None and result.status != _NOT_RUN:
                    failed = result
            while self._next().status != ExecStatus.PIPELINE_SYNC:
                pass
            self._pg.exit_pipeline_mode()
        except BaseException:
            # Answers may still be on their way, so nobody may go on with this connection.
            self._connection.close()
            raise
        if failed is not None:
            for statement in new:
                self._prepared.pop(statement, None)
            raise errors.error_from_result(failed)

    def rows_of(self, result: PGresult) -> list[Row]:
        """Read the rows of a result."""
        if not result.ntuples:
            return []
        reading = Transformer(self._connection)
        reading.set_pgresult(result, format=Format.BINARY)
        return reading.load_rows(0, result.ntuples, tuple)

    def _written(self, value: object) -> tuple[Any, Format]:
        """Write a value for the server, which knows from the statement what type it has there."""
        if isinstance(value, str):
            return value.encode(), Format.BINARY
        if isinstance(value, bytes):
            return value, Format.BINARY
        if value is None:
            return None, Format.TEXT
        if type(value) is int:
            return b"%d" % value, Format.TEXT
        if isinstance(value, datetime):
            return value.isoformat().encode(), Format.TEXT
        dumper = Transformer(self._connection).get_dumper(value, PyFormat.TEXT)
        return dumper.dump(value), Format.TEXT

    def _enter(self) -> None:
        begin = (
            self._pg.transaction_status == TransactionStatus.IDLE
            and not self._connection.autocommit
        )
        self._pg.enter_pipeline_mode()
        if begin:
            self._command(b"BEGIN")

    def _command(self, command: bytes) -> None:
        self._pg.send_query_params(command, None)
        self._waiting.append(None)

    def _prepare(self, statement: str) -> bytes:
        self._made += 1
        name = b"casebound_%d" % self._made  # never used again, should preparing it fail
        self._pg.send_prepare(name, _numbered(statement))
        self._waiting.append(None)
        self._prepared[statement] = name
        self._new.append(statement)
        return name

    def _next(self) -> PGresult:
        """Return the next result. Other threads run while this one waits for the server."""
        for _ in range(2):  # a statement's result is followed by nothing, which ends it
            self._until_here()
            result = self._pg.get_result()
            if result is not None:
                return result
        raise errors.OperationalError("the server's answers came to an end")

    def _until_here(self) -> None:
        pg = self._pg
        while (out := pg.flush()) or pg.is_busy():
            if self._socket != pg.socket:
                self._socket = pg.socket
            self._wake.register(self._socket, select.POLLIN | (select.POLLOUT if out else 0))
            ready = self._wake.poll(self._patience)
            if not ready:
                raise errors.OperationalError("the server did not answer in time")
            for _, event in ready:
                if event & ~select.POLLOUT:
                    pg.consume_input()


_pipelines: "WeakKeyDictionary[Connection[Any], Pipeline]" = WeakKeyDictionary()


def pipeline_of(connection: "Connection[Any]") -> Pipeline:
    """Return the pipeline of a connection, with all that was prepared on it."""
    pipeline = _pipelines.get(connection)
    if pipeline is None:
        pipeline = _pipelines[connection] = Pipeline(connection)
    return pipeline


@lru_cache(maxsize=512)
def _numbered(statement: str) -> bytes:
    """Write `$1`, `$2`, ... for each `%s`."""
    first, *rest = statement.split("%s")
    return (first + "".join(f"${n}{part}" for n, part in enumerate(rest, 1))).encode()
