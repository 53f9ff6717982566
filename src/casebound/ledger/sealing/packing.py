# ruff: noqa: ANN401 (Django has no types for what a migration is given)
"""How rows are stored on disk: migration operations that Django does not have."""

from typing import Any, ClassVar

from django.db import router
from django.db.migrations.operations.base import Operation


class _Storage(Operation):
    """Changes how an empty table is stored on one database. Django's state does not know it."""

    vendor: ClassVar[str]
    reversible = True
    reduces_to_sql = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Change nothing of what Django knows."""

    def database_forwards(self, app_label: str, schema_editor: Any, *_: Any) -> None:
        """Change how the table is stored."""
        connection = schema_editor.connection
        if connection.vendor == self.vendor and router.allow_migrate(connection.alias, app_label):
            self.change(schema_editor)

    def database_backwards(self, app_label: str, schema_editor: Any, *_: Any) -> None:
        """Leave it: rows read the same either way."""

    def change(self, schema_editor: Any) -> None:
        """Run the statements."""
        raise NotImplementedError  # each kind of operation has its own


class Pack(_Storage):
    """On SQLite, keep the rows of an empty table in its primary key: one tree and not two."""

    vendor = "sqlite"

    def __init__(self, table: str) -> None:
        """Keep which table."""
        self.table = table

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Say how this operation was made."""
        return type(self).__name__, [self.table], {}

    def describe(self) -> str:
        """Say what this does."""
        return f"Pack {self.table}"

    def change(self, schema_editor: Any) -> None:
        """Make the table again, `WITHOUT ROWID`, and its indexes."""
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(
                "SELECT sql FROM sqlite_master WHERE tbl_name = %s AND sql IS NOT NULL"
                " ORDER BY type = 'index'",
                [self.table],
            )
            table_sql, *indexes = [sql for (sql,) in cursor.fetchall()]
        schema_editor.execute(f"DROP TABLE {self.table}", params=None)
        for statement in [f"{table_sql} WITHOUT ROWID", *indexes]:
            schema_editor.execute(statement, params=None)


class CountRows(_Storage):
    """On SQLite, let the number that is the key of an empty table be the row's own number.

    Django's type for a large number is not SQLite's type for a row's number. Then the key would be
    an index of its own: one more page to write for each row, and two trees to search.
    """

    vendor = "sqlite"

    def __init__(self, table: str) -> None:
        """Keep which table."""
        self.table = table

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Say how this operation was made."""
        return type(self).__name__, [self.table], {}

    def describe(self) -> str:
        """Say what this does."""
        return f"Count the rows of {self.table} by its key"

    def change(self, schema_editor: Any) -> None:
        """Make the table again; it has no index yet but those of its constraints."""
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [self.table])
            (table_sql,) = cursor.fetchone()
        counted = table_sql.replace("bigint NOT NULL PRIMARY KEY", "integer NOT NULL PRIMARY KEY")
        schema_editor.execute(f"DROP TABLE {self.table}", params=None)
        schema_editor.execute(counted, params=None)


class KeepInline(_Storage):
    """On PostgreSQL, keep a column of up to 8 kB in its row, and do not try to compress it.

    Ciphertext does not compress, and a second table for nearly every row costs a page, two index
    entries and a look-up each time.
    """

    vendor = "postgresql"

    def __init__(self, table: str, column: str) -> None:
        """Keep which column of which table."""
        self.table, self.column = table, column

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Say how this operation was made."""
        return type(self).__name__, [self.table, self.column], {}

    def describe(self) -> str:
        """Say what this does."""
        return f"Keep {self.column} inside the rows of {self.table}"

    def change(self, schema_editor: Any) -> None:
        """Set the table's storage."""
        schema_editor.execute(
            f"ALTER TABLE {self.table} ALTER COLUMN {self.column} SET STORAGE EXTERNAL",
            params=None,
        )
        schema_editor.execute(
            f"ALTER TABLE {self.table} SET (toast_tuple_target = 8160)", params=None
        )
