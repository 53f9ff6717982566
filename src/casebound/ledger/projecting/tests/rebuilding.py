"""Rebuild equals live: what every room's projection must keep.

build.several_kinds_of_entry()
assert_rebuild_equals_live()
"""

from typing import Any

from django.db import connections
from django.db.models import Model

from casebound.ledger.projecting.actions import rebuild
from casebound.ledger.projecting.models import Reach
from casebound.ledger.projecting.registry import projections

Dump = dict[str, list[tuple[Any, ...]]]


def dump() -> Dump:
    """Return every row of every table that follows from the entries, in the order of its key."""
    tables: list[type[Model]] = [Reach]
    tables += [table for _, projection in projections() for table in projection.tables]
    made: Dump = {}
    with connections["derived"].cursor() as cursor:
        for table in tables:
            keys = ", ".join(f'"{field.column}"' for field in table._meta.pk_fields)
            name = table._meta.db_table
            cursor.execute(f'SELECT * FROM "{name}" ORDER BY {keys}')  # noqa: S608 (our own names)
            made[name] = [
                tuple(bytes(v) if isinstance(v, memoryview) else v for v in row)
                for row in cursor.fetchall()
            ]
    return made


def assert_rebuild_equals_live() -> Dump:
    """Throw the derived store away, make it again, and compare; return its rows.

    A test that knows what it made asserts on the rows as well: two empty tables are equal too.
    """
    live = dump()
    rebuild()
    again = dump()
    assert again.keys() == live.keys()
    for table, rows in live.items():
        assert again[table] == rows, table
    return again
