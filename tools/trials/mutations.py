"""Mutations of every table of all three stores: does `casebound verify` see each one?

    .venv/bin/python -m tools.trials.mutations --whole [--postgres] [--seed 7]

A mutation changes a value, deletes a row, or adds a copy of one under another key, with plain SQL
and without the guards of the database, as somebody with the database could. Each is undone
afterwards. A table that `verify` does not vouch for stands in `NOT_VOUCHED`, with the reason.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tests.postgres import Cluster

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

WHOLE: Final = 500
ALONE: Final = 0.3
STORES: Final = ("default", "keyring", "derived")

# Tables, or one column of a table, that `verify` does not vouch for, and why.
NOT_VOUCHED: Final = {
    "accounts_account.opened_at": "when the row was made; the log tells when it was opened",
    "log_checkpoint deleted": "of batches within one second, of which nobody can tell how many",
    "accounts_account.face": "which picture stands for the person",
    "accounts_account.link_by": "who gave the last link; the log tells",
    "accounts_account.opened_by": "who made the row; the log tells",
    "draft": "not sealed yet",
    "events": "what happened around signing in, kept for a time; the log tells of accounts",
    "keyring_epoch.began_at": "when the master key was made; nothing follows from it",
    "keyring_epoch deleted": "refused if a key is left; without any, the books' keys are missed",
    "log_node added": "a hash that no proof asks for",
    "auth": "Django's own rights, which the product does not use",
    "keyring_bookkey added": "a key of no book opens nothing; a crash may leave one",
    "django_migrations": "which versions of the tables there are; a start refuses or repeats them",
    "django_content_type": "names of models that Django keeps for itself",
    "django_session": "who is signed in: it ends by itself, and holds no word",
    "django_site": "a name that the sign-in library keeps; the product shows it nowhere",
    "casebound_cache": "counts wrong passwords and sent forms; it may be emptied at any time",
    "projecting_reach": "how far the rooms are; if behind, they are worked out again",
    "checked.json": "what the last check said, for the Proof page; the next check writes it",
    "demo-finished": "says that the demo was made to its end",
    "locks": "empty files that processes hold while they work",
    "search_index": "SQLite's own tables of the index; `agrees` reads them whole (house test)",
}


@dataclass(frozen=True, slots=True)
class Mutation:
    """One change of a table.

    Attributes:
        store: the store.
        table: the table.
        how: `changed`, `deleted` or `added`.
        column: the column that was changed.
    """

    store: str
    table: str
    how: str
    column: str = ""

    def __str__(self) -> str:
        """Say what was done, without the values."""
        return f"{self.store} {self.table}{'.' + self.column if self.column else ''} {self.how}"


@dataclass(slots=True)
class Tried:
    """What came of the mutations.

    Attributes:
        seen: how many were seen, by store.
        listed: how many were of tables that `verify` does not vouch for, by table.
        unseen: those that it should have seen and did not.
        refused: how many the database itself refused, such as a second row of one key.
    """

    seen: Counter[str] = field(default_factory=Counter)
    listed: Counter[str] = field(default_factory=Counter)
    unseen: list[Mutation] = field(default_factory=list)
    refused: int = 0

    @property
    def count(self) -> int:
        """How many mutations there were."""
        return self.seen.total() + self.listed.total() + len(self.unseen)

    def in_words(self) -> str:
        """Write the figures for a person."""
        figures = (
            f"{self.count:,} mutations: {self.seen.total():,} seen,"
            f" {self.listed.total():,} of what is not vouched for, {len(self.unseen):,} unseen;"
            f" {self.refused:,} refused by the database."
        )
        lines = [figures]
        lines += [f"  {store}: {count:,} seen" for store, count in sorted(self.seen.items())]
        lines += [
            f"  {name}: {count:,} not vouched for: {NOT_VOUCHED[name]}"
            for name, count in sorted(self.listed.items())
        ]
        lines += [f"  UNSEEN: {mutation}" for mutation in self.unseen]
        return "\n".join(lines)


def tried(*, count: int, seed: int, stores: Sequence[str] = STORES) -> Tried:
    """Try about `count` mutations, in turns over every table that has rows, each undone again."""
    from django.db import connections  # noqa: PLC0415 (Django is set up by then)

    chance, done = random.Random(seed), Tried()  # noqa: S311 (not for keys)
    tables = [
        (store, table)
        for store in stores
        for table in sorted(connections[store].introspection.table_names())
        if _rows_in(connections[store], table)
    ]
    while done.count < count:
        chance.shuffle(tables)
        shown = [table for store, table in tables if store == "derived"]
        together = [table for table in shown if not _reason(table)]
        _try_shown(together, chance, done, most=count - done.count)
        for table in shown:  # what changes how all rows are compared is tried alone
            if table not in together and chance.random() < ALONE:
                _try_shown([table], chance, done, most=1)
        for store, table in tables:
            if store != "derived" and done.count < count:
                _try_kept(store, table, chance, done)
    return done


def _try_shown(tables: Sequence[str], chance: random.Random, done: Tried, *, most: int) -> None:
    """Mutate one row of each table of what is shown, and compare once. Each must be named."""
    from casebound.ledger.projecting.comparing import compare  # noqa: PLC0415

    with _undone("derived") as connection:
        mutations: list[Mutation] = []
        for table in tables:
            if len(mutations) < most:
                mutation = _mutate(connection, "derived", table, chance, done)
                mutations += [mutation] if mutation else []
        comparison = compare()
        named = {difference.table for difference in comparison.differences}
        for mutation in mutations:
            said = mutation.table in named or bool(comparison.not_compared and len(tables) == 1)
            _note(mutation, done, is_seen=said)


def _try_kept(store: str, table: str, chance: random.Random, done: Tried) -> None:
    """Mutate one row of a sealed, kept or keyring table, and check everything but the rooms."""
    from casebound.ledger.keyring.actions import forget_keys  # noqa: PLC0415

    forget_keys()
    with _undone(store) as connection:
        mutation = _mutate(connection, store, table, chance, done)
        if mutation is not None:
            _note(mutation, done, is_seen=_is_seen())
    forget_keys()


def _is_seen() -> bool:
    from casebound.foundation.base.refusals import RefusedError  # noqa: PLC0415
    from casebound.ledger.keyring.actions import check_master_key  # noqa: PLC0415
    from casebound.ledger.projecting.checks import check_shown  # noqa: PLC0415
    from casebound.ledger.projecting.whole_check import checks  # noqa: PLC0415
    from casebound.ledger.sealing.checking import full  # noqa: PLC0415

    try:
        check_master_key()
    except RefusedError:
        return True  # the command refuses, and says why
    checked = full()
    for _, check in checks():
        if not checked.problems and check is not check_shown:
            checked.add(check(quickly=False))
    return not checked.ok


def _note(mutation: Mutation, done: Tried, *, is_seen: bool) -> None:
    name = _reason(mutation.table, mutation.column, mutation.how)
    if is_seen:
        done.seen[mutation.store] += 1
    elif name:
        done.listed[name] += 1
    else:
        done.unseen.append(mutation)


def _reason(table: str, column: str = "", how: str = "") -> str:
    """Return the name in `NOT_VOUCHED` of a table, a column of it, or a way to change it."""
    own = {table, f"{table}.{column}", f"{table} {how}"}
    if table.endswith((".lock", ".queue")):
        return "locks"
    return next((n for n in NOT_VOUCHED if n in own or table.startswith(f"{n}_")), "")


@contextmanager
def _undone(store: str) -> Iterator["BaseDatabaseWrapper"]:
    """Have a connection without guards, whose changes are undone at the end."""
    from django.db import connections, transaction  # noqa: PLC0415

    connection = connections[store]
    with transaction.atomic(using=store):
        before = transaction.savepoint(using=store)
        _take_guards_away(connection)
        try:
            yield connection
        finally:
            transaction.set_rollback(False, using=store)  # the savepoint undoes what failed
            transaction.savepoint_rollback(before, using=store)


def _take_guards_away(connection: "BaseDatabaseWrapper") -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname, tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal"
            )
            guards = [f'DROP TRIGGER "{name}" ON {table}' for name, table in cursor.fetchall()]
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            guards = [f'DROP TRIGGER "{name}"' for (name,) in cursor.fetchall()]
        for guard in guards:
            cursor.execute(guard)


def _mutate(
    connection: "BaseDatabaseWrapper", store: str, table: str, chance: random.Random, done: Tried
) -> Mutation | None:
    """Change, delete or add a row; None if the database refused every way that was tried."""
    from django.db import DatabaseError, transaction  # noqa: PLC0415

    for _ in range(6):
        how = chance.choice([_change, _change, _delete, _add])
        try:
            with transaction.atomic(using=store):
                mutation = how(connection, store, table, chance)
        except DatabaseError:
            done.refused += 1
        else:
            if mutation is not None:
                return mutation
    return None


def _change(
    connection: "BaseDatabaseWrapper", store: str, table: str, chance: random.Random
) -> Mutation | None:
    columns, row = _row(connection, table, chance)
    place = chance.randrange(len(columns))
    value = _other(row[place], chance)
    if value is None:
        return None
    where, values = _where(columns, row)
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{table}" SET "{columns[place]}" = %s WHERE {where}',  # noqa: S608 (own names)
            [value, *values],
        )
        return Mutation(store, table, "changed", columns[place]) if cursor.rowcount == 1 else None


def _delete(
    connection: "BaseDatabaseWrapper", store: str, table: str, chance: random.Random
) -> Mutation | None:
    columns, row = _row(connection, table, chance)
    where, values = _where(columns, row)
    with connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{table}" WHERE {where}', values)  # noqa: S608 (own names)
        return Mutation(store, table, "deleted") if cursor.rowcount == 1 else None


def _add(
    connection: "BaseDatabaseWrapper", store: str, table: str, chance: random.Random
) -> Mutation | None:
    columns, row = _row(connection, table, chance)
    with connection.cursor() as cursor:
        keys = connection.introspection.get_primary_key_columns(cursor, table) or columns[:1]
        unique = {
            name
            for constraint in connection.introspection.get_constraints(cursor, table).values()
            if constraint["unique"]
            for name in constraint["columns"]
        }
        copy = [
            _other(value, chance) if name in unique or name in keys else value
            for name, value in zip(columns, row, strict=True)
        ]
        names = ", ".join(f'"{name}"' for name in columns)
        marks = ", ".join(["%s"] * len(columns))
        cursor.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', copy)  # noqa: S608
    return Mutation(store, table, "added")


def _rows_in(connection: "BaseDatabaseWrapper", table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608 (own names)
        return int(cursor.fetchone()[0])


def _row(
    connection: "BaseDatabaseWrapper", table: str, chance: random.Random
) -> tuple[list[str], tuple[Any, ...]]:
    """Return the names of the columns that can be written, and one row."""
    with connection.cursor() as cursor:
        columns = [
            column.name
            for column in connection.introspection.get_table_description(cursor, table)
            if (table, column.name) != ("search_indexedstatement", "vector")  # PostgreSQL makes it
        ]
        names = ", ".join(f'"{name}"' for name in columns)
        count = _rows_in(connection, table)
        at = chance.randrange(max(count, 1))
        cursor.execute(f'SELECT {names} FROM "{table}" LIMIT 1 OFFSET {at}')  # noqa: S608
        row = cursor.fetchone()
    values = tuple(bytes(value) if isinstance(value, memoryview) else value for value in row or ())
    return columns, values or (None,) * len(columns)


def _where(columns: Sequence[str], row: Sequence[Any]) -> tuple[str, list[Any]]:
    terms, values = [], []
    for name, value in zip(columns, row, strict=True):
        if value is None:
            terms.append(f'"{name}" IS NULL')
        elif isinstance(value, str | int | bytes | date):
            terms.append(f'"{name}" = %s')
            values.append(value)
    return " AND ".join(terms), values


def _other(value: Any, chance: random.Random) -> Any:  # noqa: ANN401, PLR0911 (a cell)
    """Return another value of the same type; None if there is no telling."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + chance.choice([1, 2, 1000])
    if isinstance(value, date):
        return value + timedelta(days=1)
    if isinstance(value, bytes):
        changed = bytearray(value or b"\0")
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        return bytes(changed)
    if isinstance(value, str):
        if len(value) == 19 and value[4] == value[7] == "-":  # noqa: PLR2004 (a moment, on SQLite)
            return f"1999{value[4:]}"
        at = chance.randrange(max(len(value), 1))
        return value[:at] + ("0" if value[at : at + 1] == "1" else "1") + value[at + 1 :]
    return None


# The whole trial, in an installation of its own


def main(words: Sequence[str] | None = None) -> int:
    """Make a demo, try the mutations in it, and print the figures."""
    parser = argparse.ArgumentParser(description="Mutations of every table of all stores.")
    parser.add_argument("--whole", action="store_true", help=f"{WHOLE} mutations, not 60")
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL")
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args(words)
    cluster = Cluster() if asked.postgres else None
    with tempfile.TemporaryDirectory(prefix="casebound-mutations-") as folder:
        stop = _made(Path(folder), cluster)
        try:
            done = tried(count=WHOLE if asked.whole else 60, seed=asked.seed)
            _try_files(Path(folder), random.Random(asked.seed), done)  # noqa: S311 (not for keys)
            print(done.in_words())
        finally:
            stop()
    return 1 if done.unseen else 0


def _try_files(folder: Path, chance: random.Random, done: Tried) -> None:
    """Flip one bit of each file that is no database, then take it away; verify each time."""
    for file in sorted(folder.rglob("*")):
        if not file.is_file() or ".sqlite3" in file.name or file.parent.name == "blobs":
            continue
        kept = file.read_bytes()
        for how in ("changed", "deleted"):
            if how == "changed" and kept:
                file.write_bytes(_other(kept, chance))
            else:
                file.unlink()
            verify = [sys.executable, "-m", "casebound", "verify", "--quick", "--workers=1"]
            ended = subprocess.run(
                [*verify, "--data", str(folder / "data")], check=False, capture_output=True
            )
            _note(Mutation("files", file.name, how), done, is_seen=ended.returncode != 0)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(kept)


def _made(folder: Path, cluster: Cluster | None) -> Callable[[], None]:
    """Make the demo, and set Django up on it. Return what ends it."""
    os.environ["XDG_CONFIG_HOME"] = str(folder / "config")
    os.environ["CASEBOUND_DATA"] = str(folder / "data")
    if cluster is not None:
        cluster.start()
        cluster.create("casebound", "casebound_keyring", "casebound_derived")
        os.environ["CASEBOUND_DATABASE_URL"] = cluster.url("casebound")
    command = [sys.executable, "-m", "casebound", "demo", "--days", "2", "--no-serve"]
    subprocess.run([*command, "--data", str(folder / "data")], check=True, stdout=sys.stderr)
    os.environ["DJANGO_SETTINGS_MODULE"] = "casebound.config.settings"
    import django  # noqa: PLC0415 (its settings name the folder)

    django.setup()

    def stop() -> None:
        from django.db import connections  # noqa: PLC0415

        connections.close_all()
        if cluster is not None:
            cluster.stop()

    return stop


if __name__ == "__main__":
    sys.exit(main())
