"""Barred tables: a migration operation that refuses update, delete and truncation (P58, P64).

A guard against accident, on both databases alike; the proof against intent is the log. On SQLite
`INSERT OR REPLACE` deletes a row without firing the delete trigger, so an insert over any existing
key is refused as well. On PostgreSQL the triggers are ALWAYS, or a session in replica role would
pass them, and truncation has a trigger of its own.
"""

from collections.abc import Sequence
from typing import Any

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

    def database_forwards(self, app_label: str, schema_editor: Any, *states: Any) -> None:
        """Make the triggers."""
        if not self._here(app_label, schema_editor):
            return
        for statement in self._triggers(schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, *states: Any) -> None:
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
        return bool(self.allow_migrate_model_of(app_label, schema_editor.connection.alias))

    @staticmethod
    def allow_migrate_model_of(app_label: str, alias: str) -> bool:
        """Ask the router whether this room's tables are in the store `alias`."""
        from django.db import router  # noqa: PLC0415 (migrations load before the router may)

        return router.allow_migrate(alias, app_label)

    def _triggers(self, vendor: str) -> list[str]:
        table = self.table
        verbs = ["UPDATE", *(["DELETE"] if self.deletes else [])]
        if vendor == "sqlite":
            taken = " OR ".join(
                f"EXISTS(SELECT 1 FROM {table} WHERE "
                + " AND ".join(f"{column}=NEW.{column}" for column in columns)
                + ")"
                for columns in self.unique
            )
            return [
                *(
                    f"CREATE TRIGGER {table}_{verb.lower()}_barred BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{BARRED}'); END"
                    for verb in verbs
                ),
                f"CREATE TRIGGER {table}_insert_barred BEFORE INSERT ON {table} WHEN {taken} "
                f"BEGIN SELECT RAISE(ABORT, '{BARRED}'); END",
            ]
        made = [
            "CREATE OR REPLACE FUNCTION casebound_barred() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{BARRED}' USING ERRCODE = 'integrity_constraint_violation';"
            " END $$"
        ]
        for verb in [*verbs, "TRUNCATE"]:
            level = "STATEMENT" if verb == "TRUNCATE" else "ROW"
            name = f"{table}_{verb.lower()}_barred"
            made += [
                f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH {level} "
                "EXECUTE FUNCTION casebound_barred()",
                f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
            ]
        return made
