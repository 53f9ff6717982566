"""Changing sealed rows behind the system's back, as somebody with the database could."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connections

SEALED = ("sealed_entry", "entry_key", "entry_blob", "log_leaf", "log_node", "log_checkpoint")


def behind_its_back(*statements: tuple[str, Sequence[Any]]) -> None:
    """Take the guards away, run the statements, and leave the guards off."""
    with connections["default"].cursor() as cursor:
        for table in SEALED:
            for guard in ("insert", "update", "delete", "truncate"):
                on = f" ON {table}" if connections["default"].vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{guard}_barred{on}")
        for statement, values in statements:
            cursor.execute(statement, values)
            assert cursor.rowcount


def value(query: str, values: Sequence[Any] = ()) -> Any:
    """Return the first column of the first row."""
    with connections["default"].cursor() as cursor:
        cursor.execute(query, values)
        found = cursor.fetchone()[0]
    return bytes(found) if isinstance(found, memoryview) else found


def flip(kept: bytes, at: int = -1) -> bytes:
    """Change one bit of one byte."""
    changed = bytearray(kept)
    changed[at] ^= 1
    return bytes(changed)


Tamper = Callable[[], None]
