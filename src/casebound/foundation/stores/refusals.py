"""When a store cannot be used: the refusal that says so, for whatever the driver raised.

A database that is away, full or read only is no fault of the person who asks, and no sign that a
record was changed. So each of these errors is a refusal with three sentences and the status 503:
a web page shows it (`foundation.web.errors`), a command prints it and ends with exit code 2.

PostgreSQL names its errors by code. While a connection is made there is no code, only words, in
English on the servers we know; unknown words are answered as "cannot be reached". SQLite has words
alone.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar, Final

import psycopg
from django.db import utils

from casebound.foundation.base.refusals import RefusedError


class StoreRefusedError(RefusedError):
    """A store cannot be used at the moment. Nothing was changed or lost by that.

    Attributes:
        status: the status of the answer.
        retry_after: after how many seconds it is worth trying again.
        said: what the database said, for the person who looks after casebound. It is never shown
            on a page.
    """

    status: ClassVar[int] = 503
    retry_after: ClassVar[int] = 15

    def __init__(self, said: str = "") -> None:
        """Keep what the database said."""
        super().__init__()
        self.said = said


class StoreAwayError(StoreRefusedError):
    """The database does not answer, or ended the connection."""

    what = "casebound cannot reach its database at the moment."
    why = "So nothing can be read or saved. What was saved or sealed before is safe."
    do = "Wait a minute, then try again. If it goes on, tell the person who looks after casebound."


class NoConnectionsLeftError(StoreRefusedError):
    """The database, or this server's pool, has no connection left."""

    what = "casebound is too busy at the moment."
    why = "Too many people ask its database at once. What was saved or sealed before is safe."
    do = "Wait a minute, then try again. If it goes on, tell the person who looks after casebound."


class NoRoomLeftError(StoreRefusedError):
    """The disk of a store is full."""

    what = "This was not done, because there is no room left on the disk of casebound."
    why = "What was saved or sealed before is safe, and you can go on reading."
    do = (
        "Keep this page open: what you typed is still here. Tell the person who looks after"
        " casebound, and send it again when there is room."
    )
    retry_after = 60


class StoreReadOnlyError(StoreRefusedError):
    """The database takes no changes: it is a copy, or was told not to."""

    what = "This was not saved, because casebound can only read at the moment."
    why = "Its database takes no changes. What was saved or sealed before is safe."
    do = "Tell the person who looks after casebound. Try again later."
    retry_after = 60


class StoreBusyError(StoreRefusedError):
    """A query took longer than a request may wait, or waited for others too long."""

    what = "This took too long, so casebound stopped it."
    why = "Its database is busy or does not answer. What was saved or sealed before is safe."
    do = "Wait a minute, then try again. If it goes on, tell the person who looks after casebound."


class StoreSettingsError(StoreAwayError):
    """The database refuses this casebound: its name, its password or its certificate."""


# By code, or by the class of codes (the first characters). A longer entry wins.
_BY_CODE: Final[dict[str, type[StoreRefusedError]]] = {
    "08": StoreAwayError,  # the connection failed
    "25006": StoreReadOnlyError,
    "25P03": StoreBusyError,  # idle in a transaction for too long
    "28": StoreSettingsError,  # who asks is not let in
    "3D000": StoreSettingsError,  # there is no such database
    "40001": StoreBusyError,  # two transactions got in each other's way
    "40P01": StoreBusyError,
    "53": StoreBusyError,  # memory
    "53100": NoRoomLeftError,
    "53300": NoConnectionsLeftError,
    "55P03": StoreBusyError,  # a lock
    "57014": StoreBusyError,  # longer than `statement_timeout`
    "57P": StoreAwayError,  # shut down, crashed, starting
    "58030": StoreAwayError,  # its disk cannot be read or written
}
_BY_WORDS: Final[dict[str, type[StoreRefusedError]]] = {
    "too many clients": NoConnectionsLeftError,
    "remaining connection slots": NoConnectionsLeftError,
    "too many connections": NoConnectionsLeftError,
    "no more connections allowed": NoConnectionsLeftError,  # a pooler's
    "No space left on device": NoRoomLeftError,
    "password authentication failed": StoreSettingsError,
    "no pg_hba.conf entry": StoreSettingsError,
    "certificate": StoreSettingsError,
    "does not support SSL": StoreSettingsError,
    "SSL": StoreSettingsError,
    '" does not exist': StoreSettingsError,
    # SQLite's.
    "database or disk is full": NoRoomLeftError,
    "database is locked": StoreBusyError,
    "attempt to write a readonly database": StoreReadOnlyError,
    "unable to open database file": StoreAwayError,
}
# SQLite: the file may not grow, or the memory map next to it cannot be made.
_NO_ROOM: Final = frozenset(
    {
        "SQLITE_FULL",
        "SQLITE_IOERR_WRITE",
        "SQLITE_IOERR_SHMMAP",
        "SQLITE_IOERR_SHMOPEN",
        "SQLITE_IOERR_SHMSIZE",
        "SQLITE_IOERR_TRUNCATE",
    }
)
_DRIVERS: Final = (utils.DatabaseError, utils.InterfaceError, psycopg.Error)


def refusal_for(error: BaseException | None) -> StoreRefusedError | None:
    """Return the refusal for an error of a driver, of Django's wrapper round it, or of a file.

    None for every other error: that is a fault of ours, and is told as one.
    """
    if isinstance(error, StoreRefusedError):
        return error
    if isinstance(error, OSError):
        return _of_file(error)
    if not isinstance(error, _DRIVERS):
        return None
    for cause in _causes(error):
        if isinstance(cause, StoreRefusedError):
            return cause
        # SQLite's own error is below Django's, and alone names what went wrong.
        is_of_driver = isinstance(cause, _DRIVERS) or hasattr(cause, "sqlite_errorname")
        refusal = _of_driver(cause) if is_of_driver else None
        if refusal is not None:
            return refusal
    return None


@contextmanager
def suppress_no_room() -> Iterator[None]:
    """Go on without a small thing that found no room, where nobody misses it."""
    try:
        yield
    except Exception as failed:
        if not isinstance(refusal_for(failed), NoRoomLeftError):
            raise


def _of_file(error: OSError) -> StoreRefusedError | None:
    full = error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
    return NoRoomLeftError(error.strerror or "") if full else None


def _of_driver(error: BaseException) -> StoreRefusedError | None:
    code = getattr(error, "sqlstate", None) or ""
    # Of a statement only the first sentence: what follows may quote it.
    first = error.diag.message_primary if code and isinstance(error, psycopg.Error) else None
    said = " ".join((first or str(error)).split())
    for length in (5, 3, 2) if code else ():
        if refused := _BY_CODE.get(code[:length]):
            return refused(said)
    if code:
        return None
    if getattr(error, "sqlite_errorname", "") in _NO_ROOM:
        return NoRoomLeftError(said)
    for words, refused in _BY_WORDS.items():
        if words in said:
            return refused(said)
    # Without a code it is about the connection itself, and not about a statement.
    return StoreAwayError(said) if isinstance(error, psycopg.OperationalError) else None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and those that led to it, the driver's own last."""
    while error is not None:
        yield error
        hidden = error.__suppress_context__
        error = error.__cause__ or (None if hidden else error.__context__)
