"""Copies of a whole store, and putting one back. Sealed rows cannot be deleted one by one.

A store is a file or a PostgreSQL database under the name the settings give it; a copy has that name
with a word behind it.
"""

from contextlib import closing
from typing import Any, Protocol

import psycopg
import sqlcipher3
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from tests.installation import STORE, the_cluster


class Store(Protocol):
    """One of the three stores, with copies of it by name; "" is the store itself."""

    def copy(self, source: str, target: str) -> None:
        """Make `target` what `source` is."""

    def connection(self, copy: str) -> BaseDatabaseWrapper:
        """Return a connection of its own to a copy."""


def store_of(connection: BaseDatabaseWrapper) -> Store:
    """Return the store of a connection."""
    return DatabaseStore(connection) if STORE == "postgres" else FileStore(connection)


class FileStore:
    """An SQLite store. It is copied page by page, so that open connections see the change."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        """Take the name and the key from the settings."""
        self._connection = connection
        self._name = str(connection.settings_dict["NAME"])
        self._key = connection.settings_dict["OPTIONS"]["key_hex"]

    def copy(self, source: str, target: str) -> None:
        """Make `target` what `source` is."""
        self._connection.close()
        with closing(self._opened(source)) as old, closing(self._opened(target)) as new:
            old.backup(new)

    def connection(self, copy: str) -> BaseDatabaseWrapper:
        """Return a connection of its own to a copy."""
        return _to(self._connection, self._path(copy))

    def _path(self, copy: str) -> str:
        return f"{self._name}.{copy}" if copy else self._name

    def _opened(self, copy: str) -> Any:  # Any: the driver has no types
        connection = sqlcipher3.connect(self._path(copy), timeout=20)
        connection.execute(f"PRAGMA key = \"x'{self._key}'\"")
        connection.execute("PRAGMA synchronous=OFF")
        return connection


class DatabaseStore:
    """A PostgreSQL store. It is made from a template, to which nobody may be connected."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        """Take the name from the settings."""
        self._connection = connection
        self._name = str(connection.settings_dict["NAME"])

    def copy(self, source: str, target: str) -> None:
        """Make `target` what `source` is."""
        self._connection.close()
        old, new = sql.Identifier(self._path(source)), sql.Identifier(self._path(target))
        with psycopg.connect(the_cluster().url("postgres"), autocommit=True) as admin:
            # FORCE: a server's thread may still hold a connection that nobody will use again.
            admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(new))
            admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(new, old))

    def connection(self, copy: str) -> BaseDatabaseWrapper:
        """Return a connection of its own to a copy."""
        return _to(self._connection, self._path(copy))

    def _path(self, copy: str) -> str:
        return f"{self._name}_{copy}" if copy else self._name


def _to(connection: BaseDatabaseWrapper, name: str) -> BaseDatabaseWrapper:
    other = connection.copy()
    other.settings_dict["NAME"] = name
    return other
