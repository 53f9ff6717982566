"""Finding rows that cannot be read: read each by itself, and name it and its entry.

The encryption of a page detects a changed byte in the database's file. Then every query that needs
the page fails. This module also finds values of another type (text where bytes were).
"""

from collections.abc import Callable, Iterator
from typing import Any, cast

from django.db import DatabaseError, connections

from casebound.foundation.proof.tree import leaf_hash
from casebound.foundation.stores.refusals import refusal_for
from casebound.ledger.sealing import blobs
from casebound.ledger.sealing.checking.problems import Fault, Problem, ProblemKind, located
from casebound.ledger.sealing.checking.stored import is_stored
from casebound.ledger.sealing.connection import StoreConnection

UNREADABLE = (DatabaseError, TypeError, ValueError, AttributeError)
_MOST = 1000
_NOT_READ = "it cannot be read: the file of the database is damaged there"


def find_damage(size: int, *, why: Exception) -> Iterator[list[Problem]]:
    """Read every line, its bytes and its page by themselves, and say which cannot be read.

    After a failed page the connection is unusable and is opened again. So this stops after naming
    1,000 lines: then the whole file is lost. `why` is the error that stopped the check.
    """
    if refusal_for(why):
        raise why
    named = 0
    for index in range(size):
        faults = list(_of_line(index))
        if faults:
            yield [_located(fault) for fault in faults]
            named += 1
        if named == _MOST:
            break
    yield [_stopped(why, named=bool(named))]


def _stopped(why: Exception, *, named: bool) -> Problem:
    """Say that the check did not end. A value of another type was changed; a page was not read."""
    words = "The check stopped there, so the rest was not looked at."
    if not named:
        words = f"The check could not go on ({type(why).__name__}), and no entry can be named."
    is_unread = named or isinstance(why, DatabaseError)
    return Problem(kind=ProblemKind.UNREAD if is_unread else ProblemKind.DAMAGE, words=words)


def _of_line(index: int) -> Iterator[Fault]:
    line = _read("SELECT hash, data, entry_id FROM log_leaf WHERE idx = %s", index)
    if line is _DAMAGED:
        yield Fault(ProblemKind.UNREAD, _NOT_READ, index, _entry_by_index(index))
        return
    if line is None:
        yield Fault(ProblemKind.MISSING, "it is missing from the log", index)
        return
    digest, data, entry = line
    if not isinstance(data, bytes) or leaf_hash(data) != digest:
        yield Fault(
            ProblemKind.LINE, "its line of the log is not the one that was sealed", index, entry
        )
    elif entry is not None:
        yield from _of_entry(index, data, entry)


def _of_entry(index: int, data: bytes, entry: str) -> Iterator[Fault]:
    body = _read("SELECT body FROM sealed_entry WHERE id = %s", entry)
    files = _or_damaged(lambda store: blobs.digests_of(store, [entry]).get(entry, []))
    if _DAMAGED in (body, files):
        yield Fault(ProblemKind.UNREAD, _NOT_READ, index, entry)
    elif body is None:
        yield Fault(ProblemKind.MISSING, "its stored bytes are missing", index, entry)
    elif not isinstance(body[0], bytes) or not is_stored(data, body[0], files):
        what = "the stored bytes are not those that were sealed"
        yield Fault(ProblemKind.BYTES, what, index, entry)
    if _read("SELECT page, wrapped FROM entry_key WHERE entry_id = %s", entry) is _DAMAGED:
        yield Fault(
            ProblemKind.UNREAD, "its page cannot be read: the file is damaged there", index, entry
        )


_DAMAGED: Any = object()


def _read(query: str, *values: str | int) -> Any:  # noqa: ANN401 (a row)
    return _or_damaged(lambda store: store.execute(query, values).fetchone())


def _or_damaged(ask: Callable[[StoreConnection], Any]) -> Any:  # noqa: ANN401 (a row)
    try:
        store = StoreConnection()
        with store.errors():
            return ask(store)
    except UNREADABLE as failed:
        if refusal_for(failed):  # the store is away: nothing more can be read, and nothing is wrong
            raise
        if not connections["default"].in_atomic_block:
            connections["default"].close()
        return _DAMAGED


def _entry_by_index(index: int) -> str | None:
    """Ask the index of entries for the entry of a line whose own row cannot be read."""
    row = _read("SELECT entry_id FROM log_leaf WHERE entry_id > '' AND +idx = %s", index)
    return None if row is None or row is _DAMAGED else str(row[0])


def _located(fault: Fault) -> Problem:
    """Name the entry and the page of a line, if they can be read."""
    problems = _or_damaged(lambda store: located(store, [fault]))
    if problems is not _DAMAGED:
        return cast("Problem", problems[0])
    line = 0 if fault.index is None else fault.index + 1
    words = f"Entry {fault.entry or 'unknown'}, line {line:,} of the log: {fault.what}."
    return Problem(kind=fault.kind, words=words, line=line, entry=fault.entry or "")
