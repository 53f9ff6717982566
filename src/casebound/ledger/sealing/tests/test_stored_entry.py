"""Which errors of a store say that a page of it is damaged."""

import sqlite3

import pytest
from django.db import DatabaseError, OperationalError

from casebound.ledger.sealing.stored_entry import is_unreadable


def raised(words: str, name: str) -> DatabaseError:
    cause = sqlite3.OperationalError(words)
    cause.sqlite_errorname = name
    failed = OperationalError(words)
    failed.__cause__ = cause
    return failed


@pytest.mark.policy("P10")
@pytest.mark.parametrize(
    ("words", "name", "is_damage"),
    [
        ("database disk image is malformed", "SQLITE_CORRUPT", True),
        ("disk I/O error", "SQLITE_IOERR_READ", True),
        ("disk I/O error", "SQLITE_IOERR_SHMSIZE", False),  # the disk is full
        ("database is locked", "SQLITE_BUSY", False),
    ],
)
def test_a_full_disk_is_no_damaged_page(words: str, name: str, *, is_damage: bool) -> None:
    assert is_unreadable(raised(words, name)) is is_damage
