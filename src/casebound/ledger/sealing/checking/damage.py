"""When rows cannot even be read: one by one, to say which, and which entries they were of.

A byte changed in the database's file is found by the encryption of its page, and then no query
that touches the page answers. A value of another type (text where bytes were) is found here too.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import DatabaseError

from casebound.foundation.proof.commitments import stored_digest
from casebound.foundation.proof.tree import leaf_hash
from casebound.ledger.sealing.checking.problems import Fault, Kind, Problem, located
from casebound.ledger.sealing.checking.stored import STORED
from casebound.ledger.sealing.plain import Plain

UNREADABLE = (DatabaseError, TypeError, ValueError, AttributeError)
_NOT_READ = "it cannot be read: the file of the database is damaged there"


def find_damage(size: int) -> Iterator[list[Problem]]:
    """Read every line, its bytes and its page by themselves, and say which cannot be read."""
    try:
        plain = Plain()
    except DatabaseError:  # not even the list of tables can be read
        yield [_nobody_named()]
        return
    anything = False
    for index in range(size):
        faults = list(_of_line(plain, index))
        if faults:
            anything = True
            yield _located(plain, faults)
    words = "The check stopped there: other things may be wrong as well."
    yield [Problem(kind=Kind.DAMAGE, words=words) if anything else _nobody_named()]


def _nobody_named() -> Problem:
    words = "The file of the database is damaged, and no entry can be named."
    return Problem(kind=Kind.DAMAGE, words=words)


def _of_line(plain: Plain, index: int) -> Iterator[Fault]:
    line = _read(plain, "SELECT hash, data, entry_id FROM log_leaf WHERE idx = %s", index)
    if line is _DAMAGED:
        yield Fault(Kind.DAMAGE, _NOT_READ, index, _entry_by_index(plain, index))
        return
    if line is None:
        yield Fault(Kind.MISSING, "it is missing from the log", index)
        return
    digest, data, entry = line
    if not isinstance(data, bytes) or leaf_hash(data) != digest:
        yield Fault(Kind.LINE, "its line of the log is not the one that was sealed", index, entry)
    elif entry is not None:
        yield from _of_entry(plain, index, data, entry)


def _of_entry(plain: Plain, index: int, data: bytes, entry: str) -> Iterator[Fault]:
    body = _read(plain, "SELECT body FROM sealed_entry WHERE id = %s", entry)
    if body is _DAMAGED:
        yield Fault(Kind.DAMAGE, _NOT_READ, index, entry)
    elif body is None:
        yield Fault(Kind.MISSING, "its stored bytes are missing", index, entry)
    elif not isinstance(body[0], bytes) or stored_digest(body[0]).hex().encode() != data[STORED]:
        what = "the stored bytes are not those that were sealed"
        yield Fault(Kind.BYTES, what, index, entry)
    if _read(plain, "SELECT page, wrapped FROM entry_key WHERE entry_id = %s", entry) is _DAMAGED:
        yield Fault(Kind.DAMAGE, "its page cannot be read: the file is damaged there", index, entry)


_DAMAGED: Any = object()


def _read(plain: Plain, query: str, *values: str | int) -> Any:  # noqa: ANN401 (a row)
    return _or_damaged(lambda: plain.execute(query, values).fetchone(), plain)


def _or_damaged(ask: Callable[[], Any], plain: Plain) -> Any:  # noqa: ANN401 (a row)
    try:
        with plain.errors():
            return ask()
    except UNREADABLE:
        return _DAMAGED


def _entry_by_index(plain: Plain, index: int) -> str | None:
    """Ask the index of entries for the entry of a line whose own row cannot be read."""
    row = _read(plain, "SELECT entry_id FROM log_leaf WHERE entry_id > '' AND +idx = %s", index)
    return None if row is None or row is _DAMAGED else str(row[0])


def _located(plain: Plain, faults: list[Fault]) -> list[Problem]:
    """Say where, as far as that can be read."""
    return [problem for fault in faults for problem in _whereabouts(plain, fault)]


def _whereabouts(plain: Plain, fault: Fault) -> list[Problem]:
    found = _or_damaged(lambda: located(plain, [fault]), plain)
    if found is not _DAMAGED:
        return list(found)
    line = 0 if fault.index is None else fault.index + 1
    words = f"Entry {fault.entry or 'unknown'}, line {line:,} of the log: {fault.what}."
    return [Problem(kind=fault.kind, words=words, line=line, entry=fault.entry or "")]
