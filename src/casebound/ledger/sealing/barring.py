# ruff: noqa: S608 (our own names)
# ruff: noqa: ANN401 (Django has no types for what a migration is given)
"""Barred tables: a migration operation that refuses update, delete and truncation (P58, P64).

The triggers guard against accidents, on both databases alike. The log proves tampering. On SQLite
`INSERT OR REPLACE` deletes a row without firing the delete trigger, so a trigger also refuses an
insert over any existing key. On PostgreSQL the triggers are ALWAYS, because a session in replica
role would pass others, and truncation has a trigger of its own.

`HeldByABook` is a rule over the pages of one entry, which no constraint of a single row can hold.
"""

from collections.abc import Sequence
from typing import Any

from django.db import router
from django.db.migrations.operations.base import Operation

BARRED = "barred: sealed rows are never changed or removed"
NOT_HELD = "not held: an entry is a page of a book before a register numbers it"
_WRAPPED = 60  # bytes of a wrapped key (format of the ledger)


class _Guard(Operation):
    """Triggers on the tables of the ledger. Django's state does not know them."""

    reversible = True
    reduces_to_sql = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Change nothing of what Django knows."""

    def database_forwards(self, app_label: str, schema_editor: Any, *_: Any) -> None:
        """Make the triggers."""
        if self._here(app_label, schema_editor):
            for statement in self._triggers(schema_editor.connection.vendor):
                schema_editor.execute(statement, params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, *_: Any) -> None:
        """Remove the triggers, to undo the migration."""
        if self._here(app_label, schema_editor):
            for table, name in self._names():
                on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on}", params=None)

    def _here(self, app_label: str, schema_editor: Any) -> bool:
        return bool(router.allow_migrate(schema_editor.connection.alias, app_label))

    def _triggers(self, vendor: str) -> list[str]:
        raise NotImplementedError  # each kind of operation has its own

    def _names(self) -> list[tuple[str, str]]:
        """Return the table and the name of each possible trigger."""
        raise NotImplementedError  # each kind of operation has its own


class Bar(_Guard):
    """Bar `table`, whose keys and unique sets of columns are `unique`."""

    def __init__(self, table: str, *unique: Sequence[str], deletes: bool = True) -> None:
        """Store what to bar. With `deletes` False, rows may be deleted but not changed."""
        self.table = table
        self.unique = unique
        self.deletes = deletes

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Say how this operation was made."""
        return type(self).__name__, [self.table, *self.unique], {"deletes": self.deletes}

    def describe(self) -> str:
        """Say what this does."""
        return f"Bar {self.table}"

    def _triggers(self, vendor: str) -> list[str]:
        return self._on_sqlite() if vendor == "sqlite" else self._on_postgresql()

    def _names(self) -> list[tuple[str, str]]:
        verbs = ("update", "delete", "insert", "truncate")
        return [(self.table, f"{self.table}_{verb}_barred") for verb in verbs]

    def _verbs(self) -> list[str]:
        return ["UPDATE", "DELETE"] if self.deletes else ["UPDATE"]

    def _on_sqlite(self) -> list[str]:
        table = self.table
        refuse = f"BEGIN SELECT RAISE(ABORT, '{BARRED}'); END"
        # Of every set of columns that is unique: is there a row like the new one?
        taken = " OR ".join(
            f"EXISTS(SELECT 1 FROM {table} WHERE {_same(columns)})" for columns in self.unique
        )
        statements = [
            f"CREATE TRIGGER {table}_{verb.lower()}_barred BEFORE {verb} ON {table} {refuse}"
            for verb in self._verbs()
        ]
        insert = f"CREATE TRIGGER {table}_insert_barred BEFORE INSERT ON {table}"
        return [*statements, f"{insert} WHEN {taken} {refuse}"]

    def _on_postgresql(self) -> list[str]:
        statements = [_FUNCTION]
        for verb in [*self._verbs(), "TRUNCATE"]:
            level = "STATEMENT" if verb == "TRUNCATE" else "ROW"
            name = f"{self.table}_{verb.lower()}_barred"
            each = f"FOR EACH {level} EXECUTE FUNCTION casebound_barred()"
            statements += [
                f"CREATE TRIGGER {name} BEFORE {verb} ON {self.table} {each}",
                f"ALTER TABLE {self.table} ENABLE ALWAYS TRIGGER {name}",
            ]
        return statements


class HeldByABook(_Guard):
    """Refuse a page without a valid wrapped key, unless a register numbers an entry of a book.

    A register's page has an empty wrapped key, and comes after the pages of the books in the same
    transaction. The check costs other pages one comparison of lengths.
    """

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Say how this operation was made."""
        return type(self).__name__, [], {}

    def describe(self) -> str:
        """Say what this does."""
        return "Let registers number only what a book holds"

    def _names(self) -> list[tuple[str, str]]:
        return [("entry_key", "entry_key_insert_held")]

    def _triggers(self, vendor: str) -> list[str]:
        when = f"length(NEW.wrapped) <> {_WRAPPED}"
        trigger = "CREATE TRIGGER entry_key_insert_held BEFORE INSERT ON entry_key"
        if vendor == "sqlite":
            refuse = f"SELECT RAISE(ABORT, '{NOT_HELD}')"
            return [f"{trigger} WHEN {when} AND NOT ({_IS_HELD}) BEGIN {refuse}; END"]
        return [
            _HELD,
            f"{trigger} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION casebound_held_by_a_book()",
            "ALTER TABLE entry_key ENABLE ALWAYS TRIGGER entry_key_insert_held",
        ]


_IS_HELD = (
    "length(NEW.wrapped) = 0 AND EXISTS(SELECT 1 FROM entry_key"
    f" WHERE entry_id = NEW.entry_id AND length(wrapped) = {_WRAPPED})"
)

_HELD = f"""
CREATE OR REPLACE FUNCTION casebound_held_by_a_book() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT ({_IS_HELD}) THEN
        RAISE EXCEPTION '{NOT_HELD}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
"""

_FUNCTION = f"""
CREATE OR REPLACE FUNCTION casebound_barred() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{BARRED}' USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def _same(columns: Sequence[str]) -> str:
    return " AND ".join(f"{column}=NEW.{column}" for column in columns)
