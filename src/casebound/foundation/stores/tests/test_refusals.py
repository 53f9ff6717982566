"""Which refusal answers which error of a database."""

import errno
import sqlite3

import psycopg
import psycopg.errors
import pytest
from django.db import utils

from casebound.foundation.base.refusals import RefusedError
from casebound.foundation.stores.refusals import (
    NoConnectionsLeftError,
    NoRoomLeftError,
    StoreAwayError,
    StoreBusyError,
    StoreReadOnlyError,
    StoreRefusedError,
    StoreSettingsError,
    refusal_for,
)


@pytest.mark.parametrize(
    ("error", "refusal"),
    [
        (psycopg.errors.AdminShutdown("terminating connection"), StoreAwayError),
        (psycopg.errors.CrashShutdown("terminating connection"), StoreAwayError),
        (psycopg.errors.CannotConnectNow("the database system is starting up"), StoreAwayError),
        (psycopg.errors.ConnectionFailure("gone"), StoreAwayError),
        (psycopg.errors.IdleInTransactionSessionTimeout("too long"), StoreBusyError),
        (psycopg.OperationalError("server closed the connection unexpectedly"), StoreAwayError),
        (psycopg.OperationalError("the connection is closed"), StoreAwayError),
        (psycopg.errors.ConnectionTimeout("connection timeout expired"), StoreAwayError),
        (psycopg.errors.TooManyConnections("sorry"), NoConnectionsLeftError),
        (
            psycopg.OperationalError("FATAL: too many clients already"),
            NoConnectionsLeftError,
        ),
        (psycopg.errors.DiskFull("could not extend file"), NoRoomLeftError),
        (OSError(errno.ENOSPC, "No space left on device"), NoRoomLeftError),
        (psycopg.errors.ReadOnlySqlTransaction("cannot execute INSERT"), StoreReadOnlyError),
        (psycopg.errors.QueryCanceled("statement timeout"), StoreBusyError),
        (psycopg.errors.LockNotAvailable("lock timeout"), StoreBusyError),
        (psycopg.errors.DeadlockDetected("deadlock"), StoreBusyError),
        (psycopg.errors.InvalidPassword("no"), StoreSettingsError),
        (psycopg.OperationalError('database "x" does not exist'), StoreSettingsError),
        (psycopg.OperationalError("SSL error: certificate verify failed"), StoreSettingsError),
        (utils.OperationalError("database or disk is full"), NoRoomLeftError),
        (utils.OperationalError("database is locked"), StoreBusyError),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else value.__name__,
)
def test_an_error_of_a_database_that_cannot_be_used_is_a_refusal(
    error: Exception, refusal: type[StoreRefusedError]
) -> None:
    raised = refusal_for(error)

    assert type(raised) is refusal
    assert raised.status == 503


def test_django_s_own_error_is_read_by_what_the_driver_raised() -> None:
    error = utils.OperationalError("of Django")
    error.__cause__ = psycopg.errors.DiskFull("could not extend file")

    assert isinstance(refusal_for(error), NoRoomLeftError)


@pytest.mark.parametrize(
    ("name", "refusal"),
    [("SQLITE_IOERR_SHMSIZE", NoRoomLeftError), ("SQLITE_IOERR_READ", type(None))],
)
def test_sqlite_says_by_name_alone_that_a_disk_is_full(name: str, refusal: type[object]) -> None:
    error = utils.OperationalError("disk I/O error")
    error.__cause__ = sqlite3.OperationalError("disk I/O error")
    error.__cause__.sqlite_errorname = name

    assert type(refusal_for(error)) is refusal


@pytest.mark.parametrize(
    "error",
    [
        psycopg.errors.UndefinedTable("no such table"),
        psycopg.errors.UniqueViolation("twice"),
        psycopg.errors.RaiseException("barred"),
        utils.IntegrityError("UNIQUE constraint failed"),
        utils.OperationalError("no such table: entry"),
        OSError(errno.ENOENT, "No such file"),
        ValueError("database is locked"),
        RefusedError(),
        None,
    ],
    ids=lambda value: type(value).__name__,
)
def test_every_other_error_stays_a_fault_of_ours(error: Exception | None) -> None:
    assert refusal_for(error) is None
