# ruff: noqa: S608 (our own names)
"""Sealed rows are never changed or removed, on either database (P58, P64)."""

import pytest
from django.db import DatabaseError, connections, transaction

from casebound.ledger.sealing.barring import BARRED
from casebound.ledger.sealing.tests import build
from casebound.ledger.sealing.tests.tampering import SEALED

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.policy("P58")]

COLUMNS = {
    "sealed_entry": "body",
    "entry_key": "wrapped",
    "entry_blob": "locator",
    "log_leaf": "data",
    "log_node": "hash",
    "log_checkpoint": "note",
}


@pytest.fixture(autouse=True)
def entries() -> None:
    build.begin()
    book = build.book()
    for minute in range(4):
        build.sealed(book, minutes=minute)
    build.with_files(book, b"A drawing.")


def refused(*statements: str) -> str:
    """Run the statements; return what the last was refused with."""
    try:
        with transaction.atomic(using="default"), connections["default"].cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
    except DatabaseError as refusal:
        return str(refusal)
    return ""


def rows(table: str) -> list[tuple[object, ...]]:
    with connections["default"].cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        return sorted(
            tuple(bytes(v) if isinstance(v, memoryview) else v for v in row)
            for row in cursor.fetchall()
        )


@pytest.mark.parametrize("table", SEALED)
@pytest.mark.parametrize("verb", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}"])
def test_no_row_is_changed_or_removed(verb: str, table: str) -> None:
    before = rows(table)
    assert BARRED in refused(verb.format(table, COLUMNS[table]))
    assert rows(table) == before


@pytest.mark.parametrize("table", SEALED)
@pytest.mark.parametrize("how", ["INSERT OR REPLACE", "REPLACE"])
@pytest.mark.sqlite
def test_sqlite_replaces_no_row(how: str, table: str) -> None:
    before = rows(table)
    assert BARRED in refused(f"{how} INTO {table} SELECT * FROM {table} LIMIT 1")
    assert rows(table) == before


@pytest.mark.sqlite
def test_sqlite_replaces_no_row_by_another_of_its_unique_keys() -> None:
    """The new row has a page of its own, but the entry is in that book already."""
    before = rows("entry_key")
    assert BARRED in refused(
        "INSERT OR REPLACE INTO entry_key (book_id, page, entry_id, wrapped)"
        " SELECT book_id, 999, entry_id, wrapped FROM entry_key LIMIT 1"
    )
    assert rows("entry_key") == before


@pytest.mark.parametrize("table", SEALED)
@pytest.mark.postgres
def test_postgresql_upserts_no_row(table: str) -> None:
    keys = {
        "sealed_entry": "(id)",
        "entry_key": "(book_id, page)",
        "entry_blob": "(entry_id, part)",
        "log_leaf": "(idx)",
        "log_node": "(level, idx)",
        "log_checkpoint": "(size)",
    }
    before = rows(table)
    column = COLUMNS[table]
    assert BARRED in refused(
        f"INSERT INTO {table} SELECT * FROM {table} LIMIT 1"
        f" ON CONFLICT {keys[table]} DO UPDATE SET {column} = excluded.{column}"
    )
    assert rows(table) == before


@pytest.mark.parametrize("table", SEALED)
@pytest.mark.postgres
def test_postgresql_truncates_no_table(table: str) -> None:
    before = rows(table)
    assert BARRED in refused(f"TRUNCATE {table}")
    assert rows(table) == before


@pytest.mark.parametrize("table", SEALED)
@pytest.mark.parametrize("verb", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", "TRUNCATE {0}"])
@pytest.mark.postgres
def test_a_session_in_replica_role_passes_no_guard(verb: str, table: str) -> None:
    before = rows(table)
    said = refused("SET session_replication_role = replica", verb.format(table, COLUMNS[table]))
    assert BARRED in said
    assert rows(table) == before
