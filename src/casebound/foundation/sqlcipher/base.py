"""The database backend: Django's own for SQLite, with a key and a queue of writers."""

import contextlib
from functools import partial
from pathlib import Path
from typing import Any, Final

from django.db.backends.sqlite3 import base

from casebound.foundation.sqlcipher.queue import WritersQueue
from casebound.foundation.sqlcipher.read_only import address_of, is_read_only

_WRITES: Final = ("INSERT", "UPDATE", "DELETE")


class Cursor(base.SQLiteCursorWrapper):
    """Takes its turn for a statement that writes outside a transaction, and so is one by itself."""

    def __init__(self, queue: WritersQueue, connection: Any) -> None:  # noqa: ANN401 (the driver)
        super().__init__(connection)
        self._queue = queue

    def execute(self, query: str, params: Any = None) -> Any:  # noqa: ANN401 (the driver's)
        """Run a statement; within a transaction the turn was taken at its beginning."""
        if self.connection.in_transaction or not query.startswith(_WRITES):
            return super().execute(query, params)
        self._queue.enter()
        try:
            return super().execute(query, params)
        finally:
            self._queue.leave()


class DatabaseWrapper(base.DatabaseWrapper):
    """Opens each connection with the file's raw key and takes turns at writing."""

    _queue: WritersQueue | None = None

    def get_connection_params(self) -> dict[str, Any]:
        """Take our own options out of what goes to the driver."""
        params = super().get_connection_params()
        self._key = params.pop("key_hex")
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:  # noqa: ANN401 (the driver)
        """Open the file with its key. A wrong key is seen at the first statement."""
        file = Path(str(conn_params["database"]))
        read_only = is_read_only(file)
        if read_only:
            conn_params = {**conn_params, "database": address_of(file), "uri": True}
        connection = base.Database.connect(**conn_params)  # type: ignore[attr-defined]
        # A raw key costs 0.2 ms a connection; a passphrase would cost 128 ms.
        connection.execute(f"PRAGMA key = \"x'{self._key}'\"")
        connection.execute("PRAGMA cipher_log_level=NONE")
        base.register_functions(connection)  # type: ignore[attr-defined]  # the stubs lack it
        for line in (
            "PRAGMA foreign_keys=ON",
            "PRAGMA legacy_alter_table=OFF",
            *self.init_commands,  # type: ignore[attr-defined]  # the stubs lack it
        ):
            if line.strip() and not (read_only and "journal_mode" in line):
                connection.execute(line)
        name = str(conn_params["database"])
        if not read_only and ":memory:" not in name and "mode=memory" not in name:
            self._queue = WritersQueue(Path(name).with_suffix(".queue"))
        return connection

    def create_cursor(self, name: str | None = None) -> Any:  # noqa: ANN401 (the driver's)
        """Return a cursor that takes its turn to write; in memory there is nobody to wait for."""
        if self._queue is None:
            return super().create_cursor(name)
        return self.connection.cursor(factory=partial(Cursor, self._queue))

    def _start_transaction_under_autocommit(self) -> None:
        """Wait for the turn, then begin; every transaction here is one that writes."""
        if self._queue is not None:
            self._queue.enter()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            if self._queue is not None:
                self._queue.leave()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]
        finally:
            if self._queue is not None and not self._in_transaction():
                self._queue.leave()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            if self._queue is not None:
                self._queue.leave()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            if self._queue is not None:
                with contextlib.suppress(OSError):
                    self._queue.close()
                self._queue = None

    def _in_transaction(self) -> bool:
        return self.connection is not None and bool(self.connection.in_transaction)
