"""A second derived store, in which rooms are remade while people read the old rows.

On SQLite it is a file of its own with the key of the derived store; on PostgreSQL it is a schema of
the derived database. Inside `Shadow.entered` the connection `derived` of this thread is the
shadow's, so that projections and the reads they ask find the shadow's rows and no others.
"""

import copy
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.core.management import call_command
from django.db import connections

from casebound.ledger.projecting.actions import begin
from casebound.ledger.projecting.models import DamagedEntry, Reach
from casebound.ledger.projecting.unlogged import make_unlogged
from casebound.ledger.sealing.connection import lock_number

NAME: Final = "casebound_remake"  # of the schema, and of the file as it is attached
_LOCK: Final = lock_number(b"casebound/remaking")


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a shadow store is for. Two purposes have two stores, which may exist at once.

    Attributes:
        schema: the name of the schema, on PostgreSQL.
        ending: what the name of the file has behind that of the derived store, on SQLite.
        lock: the number of the lock of its holder, on PostgreSQL.
    """

    schema: str
    ending: str
    lock: int


REMAKING: Final = Purpose(NAME, "remake", _LOCK)


class Shadow:
    """The shadow store. `held` says whether this process may use it."""

    def __init__(self, purpose: Purpose = REMAKING) -> None:
        """Prepare a connection, without opening it."""
        self._purpose = purpose
        self._live: Any = connections["derived"]
        settings = copy.deepcopy(self._live.settings_dict)
        self._is_postgres = self._live.vendor == "postgresql"
        if self._is_postgres:
            options = settings["OPTIONS"]
            options.pop("pool", None)
            options["session"] = {**options.get("session", {}), "search_path": purpose.schema}
        else:
            file = Path(settings["NAME"])
            settings["NAME"] = str(file.with_name(f"{file.stem}-{purpose.ending}{file.suffix}"))
        self._file = Path(settings["NAME"])
        self._store: Any = type(self._live)(settings, "derived")
        self._lock_file: int | None = None

    @contextmanager
    def held(self) -> Iterator[bool]:
        """Hold the shadow store, unless another process does. A holder that dies releases it."""
        try:
            yield self._take()
        finally:
            self._store.close()
            if self._lock_file is not None:
                os.close(self._lock_file)

    def _take(self) -> bool:
        if self._is_postgres:
            with self._store.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_lock(%s)", [self._purpose.lock])
                return bool(cursor.fetchone()[0])
        path = self._file.with_suffix(".lock")
        self._lock_file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._lock_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Use the shadow store as `derived`, in this thread."""
        connections["derived"] = self._store
        try:
            yield
        finally:
            connections["derived"] = self._live

    def prepare(self, rooms: dict[str, str]) -> None:
        """Continue the shadow of these rooms and versions, or begin one with empty tables."""
        if self.exists() and self._follows(rooms):
            return
        self.remove()
        if self._is_postgres:
            with self._store.cursor() as cursor:
                cursor.execute(f"CREATE SCHEMA {self._purpose.schema}")
        with self.entered():
            make_tables()
            begin(rooms)

    def exists(self) -> bool:
        """Say whether there is a shadow store, of whatever rooms."""
        if not self._is_postgres:
            return self._file.exists()
        with self._live.cursor() as cursor:
            schema = self._purpose.schema
            cursor.execute("SELECT count(*) FROM pg_namespace WHERE nspname = %s", [schema])
            return bool(cursor.fetchone()[0])

    def _follows(self, rooms: dict[str, str]) -> bool:
        with self.entered():
            if "projecting_reach" not in self._store.introspection.table_names():
                return False
            if DamagedEntry.objects.exists():  # it may have been mended since
                return False
            return dict(Reach.objects.values_list("room", "version")) == rooms

    def remove(self) -> None:
        """Remove the shadow store, if there is one."""
        if self._is_postgres:
            with self._store.cursor() as cursor:
                cursor.execute(f"DROP SCHEMA IF EXISTS {self._purpose.schema} CASCADE")
            return
        self._store.close()
        for end in ("", "-wal", "-shm", "-journal"):
            with suppress(FileNotFoundError):
                Path(f"{self._file}{end}").unlink()
        self._file.with_suffix(".queue").unlink(missing_ok=True)

    @contextmanager
    def attached(self) -> Iterator[None]:
        """Attach the shadow to the live connection, which reads its tables as tables of `NAME`."""
        if self._is_postgres:
            yield
            return
        key = self._live.settings_dict["OPTIONS"]["key_hex"]
        with self._live.cursor() as cursor:
            # Read-only, or the live store's transactions would wait to write in it as well.
            cursor.execute(
                f"ATTACH DATABASE %s AS {NAME} KEY \"x'{key}'\"", [f"{self._file.as_uri()}?mode=ro"]
            )
        try:
            yield
        finally:
            with self._live.cursor() as cursor:
                cursor.execute(f"DETACH DATABASE {NAME}")


def make_tables() -> None:
    """Make the tables of every room of the derived store, as a new installation has them."""
    call_command("migrate", database="derived", verbosity=0, interactive=False)
    make_unlogged()
