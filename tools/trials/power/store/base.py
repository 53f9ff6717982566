"""The backend: what Django and the ledger ask of a driver, answered by apsw.

apsw is the one driver that lets a disk be written in Python. It has no encryption, so the key of
the file is left out; everything above the driver is the product's.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, ClassVar

import apsw
from django.db.backends.sqlite3.base import SQLiteCursorWrapper

from casebound.foundation.sqlcipher import base
from tools.trials.power.vfs import SimulatedVFS


class Cursor(apsw.Cursor):
    """A cursor with what apsw leaves to others: how many rows were changed, and some of them."""

    rowcount = -1

    def execute(self, statement: str, values: Sequence[Any] = ()) -> "Cursor":
        """Run a statement."""
        super().execute(statement, values)
        self.rowcount = self.connection.changes()
        return self

    def fetchmany(self, size: int = 100) -> list[Any]:
        """Return the next rows."""
        return list(islice(self, size))

    def close(self, force: bool = True) -> None:  # noqa: FBT001, FBT002 (apsw's)
        """Close it, whatever is left to read."""
        super().close(force)


class DjangoCursor(Cursor):
    """A cursor that writes `%s` for a value, as Django does."""

    convert_query: Any = SQLiteCursorWrapper.convert_query  # it needs nothing of its own class

    def execute(self, statement: str, values: Sequence[Any] | None = None) -> Cursor:
        """Run a statement."""
        if values is None:
            return super().execute(statement)
        return super().execute(self.convert_query(statement), tuple(values))

    def executemany(self, statement: str, rows: Iterable[Sequence[Any]]) -> Cursor:
        """Run a statement once for each row."""
        super().executemany(self.convert_query(statement), rows)
        return self

    @property
    def lastrowid(self) -> int:
        """The number of the row that was added last."""
        return int(self.connection.last_insert_rowid())


class Connection(apsw.Connection):
    """A connection as the standard library's driver has it."""

    isolation_level = None

    def __init__(self, name: str) -> None:
        """Open a file of the simulated disk."""
        super().__init__(name, vfs=SimulatedVFS.in_use, flags=_OPEN)
        self.cursor_factory = Cursor

    def commit(self) -> None:
        """Commit, if there is a transaction."""
        if self.in_transaction:
            self.execute("COMMIT")

    def rollback(self) -> None:
        """Undo, if there is a transaction; after some errors SQLite has done so already."""
        if self.in_transaction:
            self.execute("ROLLBACK")


class Driver:
    """The names of a driver's module that Django asks for."""

    Binary = bytes
    sqlite_version_info = tuple(int(part) for part in apsw.sqlite_lib_version().split("."))
    Error = DatabaseError = apsw.Error
    IntegrityError = apsw.ConstraintError
    OperationalError = (
        apsw.FullError, apsw.IOError, apsw.CantOpenError, apsw.BusyError, apsw.LockedError,
        apsw.ReadOnlyError, apsw.SQLError,
    )  # fmt: skip
    InternalError = apsw.InternalError
    DataError = (apsw.MismatchError, apsw.TooBigError)
    InterfaceError = apsw.MisuseError
    ProgrammingError = (apsw.BindingsError, apsw.ConnectionClosedError, apsw.CursorClosedError)
    NotSupportedError = apsw.VFSNotImplementedError


_OPEN = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE | apsw.SQLITE_OPEN_URI


class DatabaseWrapper(base.DatabaseWrapper):
    """The product's backend, with another driver below."""

    Database: Any = Driver
    more: ClassVar[dict[str, tuple[str, ...]]] = {}  # what a life sets further, by store
    always: ClassVar[dict[str, tuple[str, ...]]] = {}  # what a planted fault sets, by store

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection:
        """Open a file of the simulated disk, with the settings of the product."""
        connection = Connection(str(conn_params["database"]))
        try:
            for line in self._settings():
                connection.execute(line)
        except BaseException:
            connection.close(force=True)  # at once, not when Python finds that nobody has it
            raise
        return connection

    def _settings(self) -> Iterator[str]:
        yield "PRAGMA page_size=8192"  # of a file that is still empty
        yield "PRAGMA temp_store=MEMORY"
        yield "PRAGMA foreign_keys=ON"
        for line in self.init_commands:  # type: ignore[attr-defined]  # the stubs lack it
            if "journal_mode=WAL" in line:
                # Without shared memory, the index of the write-ahead log is in this process.
                yield "PRAGMA locking_mode=EXCLUSIVE"
            if line.strip():
                yield line
        yield from self.more.get(self.alias, ())
        yield from self.always.get(self.alias, ())

    def create_cursor(self, name: str | None = None) -> Any:  # noqa: ANN401, ARG002 (Django's)
        """Return a cursor."""
        return DjangoCursor(self.connection)
