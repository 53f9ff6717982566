# ruff: noqa: ANN401 (Django has no types for what a migration is given)
"""Barred tables: a migration operation that refuses update, delete and truncation (P58, P64).

A guard against accident, on both databases alike; the proof against intent is the log. On SQLite
`INSERT OR REPLACE` deletes a row without firing the delete trigger, so an insert over any existing
key is refused as well. On PostgreSQL the triggers are ALWAYS, or a session in replica role would
pass them, and truncation has a trigger of its own.
"""

from collections.abc import Sequence
from typing import Any

from django.db import router
from django.db.migrations.operations.base import Operation

BARRED = "barred: sealed rows are never changed or removed"


class Bar(Operation):
    """Bar `table`, whose keys and unique sets of columns are `unique`."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str, *unique: Sequence[str], deletes: bool = True) -> None:
        """Keep what to bar; `deletes` False lets rows be deleted (none may be changed)."""
        self.table = table
        self.unique = unique
        self.deletes = deletes

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Say how this operation was made."""
        return type(self).__name__, [self.table, *self.unique], {"deletes": self.deletes}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Change nothing of what Django knows."""

    def database_forwards(self, app_label: str, schema_editor: Any, *_: Any) -> None:
        """Make the triggers."""
        if not self._here(app_label, schema_editor):
            return
        for statement in self._triggers(schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, *_: Any) -> None:
        """Take the triggers away, for going back to before the table was barred."""
        if not self._here(app_label, schema_editor):
            return
        on = f" ON {self.table}" if schema_editor.connection.vendor == "postgresql" else ""
        for name in ("update", "delete", "insert", "truncate"):
            schema_editor.execute(
                f"DROP TRIGGER IF EXISTS {self.table}_{name}_barred{on}", params=None
            )

    def describe(self) -> str:
        """Say what this does."""
        return f"Bar {self.table}"

    def _here(self, app_label: str, schema_editor: Any) -> bool:
        return bool(router.allow_migrate(schema_editor.connection.alias, app_label))

    def _triggers(self, vendor: str) -> list[str]:
        return self._on_sqlite() if vendor == "sqlite" else self._on_postgresql()

    def _verbs(self) -> list[str]:
        return ["UPDATE", "DELETE"] if self.deletes else ["UPDATE"]

    def _on_sqlite(self) -> list[str]:
        table = self.table
        refuse = f"BEGIN SELECT RAISE(ABORT, '{BARRED}'); END"
        # Of every set of columns that is unique: is there a row like the new one?
        taken = " OR ".join(
            f"EXISTS(SELECT 1 FROM {table} WHERE {_same(columns)})"  # noqa: S608 (our own names)
            for columns in self.unique
        )
        made = [
            f"CREATE TRIGGER {table}_{verb.lower()}_barred BEFORE {verb} ON {table} {refuse}"
            for verb in self._verbs()
        ]
        insert = f"CREATE TRIGGER {table}_insert_barred BEFORE INSERT ON {table}"
        return [*made, f"{insert} WHEN {taken} {refuse}"]

    def _on_postgresql(self) -> list[str]:
        made = [_FUNCTION]
        for verb in [*self._verbs(), "TRUNCATE"]:
            level = "STATEMENT" if verb == "TRUNCATE" else "ROW"
            name = f"{self.table}_{verb.lower()}_barred"
            each = f"FOR EACH {level} EXECUTE FUNCTION casebound_barred()"
            made += [
                f"CREATE TRIGGER {name} BEFORE {verb} ON {self.table} {each}",
                f"ALTER TABLE {self.table} ENABLE ALWAYS TRIGGER {name}",
            ]
        return made


_FUNCTION = f"""
CREATE OR REPLACE FUNCTION casebound_barred() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{BARRED}' USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def _same(columns: Sequence[str]) -> str:
    return " AND ".join(f"{column}=NEW.{column}" for column in columns)
