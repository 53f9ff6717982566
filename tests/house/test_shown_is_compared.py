"""Whatever somebody changes in a table of what is shown, `casebound verify` names it (P58)."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connections, models
from django.db.models import Model

from casebound.ledger.projecting.comparing import compare
from casebound.ledger.projecting.models import DamagedEntry
from casebound.ledger.projecting.registry import projections
from tests.house.life import whole_life
from tests.house.source import nothing
from tests.made_up import MadeUp

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P58")]

TABLES = [
    table
    for _, projection in projections()
    for table in projection.tables
    if table is not DamagedEntry  # no entry of the life is damaged
]
AT = datetime(2000, 1, 1, tzinfo=UTC)
SEARCHED = "search_indexedstatement"


def allow_changes() -> None:
    """Take the guards of the search away, as somebody with the database could."""
    if connections["derived"].vendor == "sqlite":
        with connections["derived"].cursor() as cursor:
            for guard in ("changed", "removed", "added"):
                cursor.execute(f"DROP TRIGGER {SEARCHED}_{guard}")


def other(field: "models.Field[Any, Any]", value: Any) -> Any:
    """Return another value than the one a column has."""
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.IntegerField):
        return (value or 0) + 1
    if isinstance(field, models.DateField) and value is None:  # DateTimeField is one
        return AT if isinstance(field, models.DateTimeField) else AT.date()
    if isinstance(field, models.DateField):
        return value.replace(year=2000)
    return "x" if value != "x" else "y"


def columns_of(table: type[Model]) -> "list[models.Field[Any, Any]]":
    """Return the columns that are not of the key."""
    keys = {field.name for field in table._meta.pk_fields}
    return [field for field in table._meta.concrete_fields if field.name not in keys]


def test_what_follows_from_every_entry_there_is_compares_well(made_up: MadeUp) -> None:
    whole_life(made_up)

    comparison = compare()

    nothing(difference.what for difference in comparison.differences)
    assert comparison.not_compared == []
    assert comparison.rooms == len(projections())
    assert comparison.rows > 5 * len(TABLES)


def test_every_column_of_every_table_is_compared(made_up: MadeUp) -> None:
    whole_life(made_up)
    allow_changes()
    for table in TABLES:
        row = table._default_manager.first()
        assert row is not None, table
        if columns_of(table):
            values = {
                field.attname: other(field, getattr(row, field.attname))
                for field in columns_of(table)
            }
            table._default_manager.filter(pk=row.pk).update(**values)

    said = [difference.what for difference in compare().differences]

    nothing(
        f"{table._meta.db_table}.{field.column}"
        for table in TABLES
        for field in columns_of(table)
        if not any(named(what, table, str(field.column)) for what in said)
    )


def named(what: str, table: type[Model], column: str) -> bool:
    """Say whether a difference names this column of this table."""
    _, _, columns = what.partition(f"({table._meta.db_table}: ")
    return column in columns.rstrip(")").split(", ")


def test_a_row_that_is_gone_or_was_added_is_named_in_every_table(made_up: MadeUp) -> None:
    whole_life(made_up)
    allow_changes()
    for table in TABLES:
        row = table._default_manager.first()
        assert row is not None, table
        table._default_manager.filter(pk=row.pk).delete()
        [*_, key] = table._meta.pk_fields
        setattr(row, key.attname, 70_007 if isinstance(key, models.IntegerField) else "7")
        table._default_manager.bulk_create([row])

    said = [difference.what for difference in compare().differences]

    nothing(
        f"{table._meta.db_table} {how}"
        for table in TABLES
        for how in ("gone", "added")
        if not any(f"a row of {table._meta.db_table} " in what and how in what for what in said)
    )


def test_an_entry_that_is_only_said_to_be_damaged_is_named(made_up: MadeUp) -> None:
    done = made_up.write(made_up.jay, "We had tea.")
    DamagedEntry.objects.create(
        leaf=done.index,
        book_id=made_up.jay.book,
        number=1,
        of_register=False,
        entry_id=done.entry_id,
        cause="tag",
        opens=False,
    )
    said = [difference.what for difference in compare().differences]
    [what] = said
    assert "a row of projecting_damagedentry was added" in what


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_an_index_that_does_not_agree_with_its_table_is_named(made_up: MadeUp) -> None:
    made_up.write(made_up.jay, "We had tea.")
    with connections["derived"].cursor() as cursor:
        cursor.execute("DELETE FROM search_index_data WHERE id > 10")
        assert cursor.rowcount

    said = [difference.what for difference in compare().differences]

    assert said == ["the index of search does not agree with its rows"]
