"""Opening stored entries. What cannot be opened is read as a damaged entry, in its place.

One damaged entry harms one entry: a reader of the log gets an entry for each of its lines. An
entry that cannot be opened is of the kind `DAMAGED`. It has its numbers and times as far as they
can be read, and none of its words. An entry that opens although something of it is wrong, such as
one of its pages, is read with its words; `cause` says what is wrong.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from django.conf import settings
from django.db import DatabaseError

from casebound.foundation.base.ids import BookId, EntryId, WorkerId
from casebound.foundation.base.refusals import RefusedError
from casebound.foundation.base.times import instant
from casebound.foundation.proof.canonical import Json
from casebound.foundation.proof.commitments import Data, EntrySecret, Part, Text
from casebound.foundation.proof.encryption import decrypt_body, unwrap_secret
from casebound.foundation.proof.errors import MismatchError, ProofError
from casebound.foundation.proof.leaf import EntryLeaf, parse_leaf
from casebound.foundation.proof.tree import leaf_hash
from casebound.ledger.keyring.actions import book_key
from casebound.ledger.sealing.clock_corrections import ClockCorrection, ran_ahead
from casebound.ledger.sealing.lost import is_register, lost_places
from casebound.ledger.sealing.registers import registers_named
from casebound.ledger.sealing.stored_entry import StoredEntry, close_if_unreadable

DAMAGED: Final = "damaged"  # the kind that a damaged entry is read as; it is never sealed
NOBODY: Final = WorkerId("")  # who signed a damaged entry: its signature is among its words
_BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Cause(StrEnum):
    """What is wrong with a stored entry."""

    NONE = ""
    TAG = "tag"  # of the encryption: the stored bytes are not those that were sealed
    BODY = "body"  # missing
    KEY = "key"  # of its book: missing from the keyring, or damaged
    WRAP = "wrap"  # its own key: missing from its books, or damaged
    PAGE = "page"  # missing from a book that it was sealed in
    LINE = "line"  # of the log: missing, or not the one that was sealed
    WORDS = "words"  # it opens, and what it says cannot be worked out
    UNREAD = "unread"  # the file of the database is damaged there


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """A sealed entry, opened.

    Attributes:
        index: its leaf in the log, from 0.
        entry_id: 32 hex digits.
        sealed_at: the leaf's time, aware UTC.
        signed_at: aware UTC, to the second.
        signed_by: the account that signed.
        pages: for each book it is in, its number there.
        parts: as sealed, in order.
        registers: for each register that numbers it, its number there.
        cause: what is wrong with it, as far as reading shows; nothing for nearly every entry.
        ran_ahead: by how much the clock ran ahead when it was signed, if a later line of the log
            says so; the times here are the latest that they can have been.
    """

    index: int
    entry_id: EntryId
    sealed_at: datetime
    signed_at: datetime
    signed_by: WorkerId
    pages: Mapping[BookId, int]
    parts: tuple[Part, ...] = field(repr=False)
    registers: Mapping[BookId, int] = field(default_factory=dict)
    cause: Cause = Cause.NONE
    ran_ahead: timedelta = timedelta(0)

    def values(self) -> dict[str, Any]:
        """Return each part's value by its name."""
        return {p.m["n"]: p.x if isinstance(p, Text) else p.j for p in self.parts}

    @property
    def is_damaged(self) -> bool:
        """Say whether its words cannot be read."""
        first = self.parts[0]
        return isinstance(first, Data) and first.j == _KIND

    def damaged(self, cause: Cause) -> "ReadEntry":
        """Return the entry without its words, which cannot be read."""
        return replace(self, parts=_parts(cause), cause=cause)


_KIND: Final[dict[str, Json]] = {"kind": DAMAGED, "v": 1}


def _parts(cause: Cause) -> tuple[Part, ...]:
    return Data({"n": "kind"}, _KIND), Data({"n": "cause"}, cause.value)


def opened(stored: StoredEntry, *, before: datetime | None = None) -> ReadEntry:
    """Open a stored entry; `before` is the time of the line before, for a line without a time.

    About 30 us. Decryption fails unless these are the sealed bytes. `verify` recomputes the rest.
    """
    causes: list[Cause] = []
    line = _fields(stored.line)
    # As far as its own hash says; whether the log has that hash, `verify` says.
    is_sealed = line.get("t") == "entry" and leaf_hash(stored.line or b"") == stored.digest
    if stored.is_unread:
        causes.append(Cause.UNREAD)
    elif not is_sealed or stored.is_found_again:
        causes.append(Cause.LINE)
    if is_sealed and len(line["d"]) != len(stored.places):
        stored.places += [(book, page, b"") for book, page in _lost(stored)]
        causes.append(Cause.PAGE)
    secret = _secret_of(stored, causes)
    entry = _read(stored, secret, causes)
    if entry is not None and entry.root != line.get("e"):
        # Which line it has is what says who may read it.
        causes, entry = [Cause.LINE], None
    at = instant(line["at"]) if is_sealed else None
    if entry is None:
        pages, registers = _numbers(stored, is_register)
        known = at or before or _BEGINNING
        id_ = EntryId(stored.entry_id or "")
        damaged = ReadEntry(stored.index, id_, known, known, NOBODY, pages, (), registers)
        return damaged.damaged(causes[-1])
    named = set(registers_named(entry.parts)) if causes else set()
    pages, registers = _numbers(stored, named.__contains__ if causes else None)
    return ReadEntry(
        stored.index,
        EntryId(stored.entry_id or ""),
        at or entry.signed_at,
        entry.signed_at,
        entry.signed_by,
        pages,
        entry.parts,
        registers,
        causes[0] if causes else Cause.NONE,
    )


def with_true_times(entry: ReadEntry, put_right: Sequence[ClockCorrection]) -> ReadEntry:
    """Return an entry with the latest times that it can have been sealed and signed at."""
    ahead = ran_ahead(entry.index, entry.signed_at, put_right)
    return replace(
        entry,
        sealed_at=entry.sealed_at - ran_ahead(entry.index, entry.sealed_at, put_right),
        signed_at=entry.signed_at - ahead,
        ran_ahead=ahead,
    )


def _fields(line: bytes | None) -> dict[str, Any]:
    """Return the fields of a line; none of one that cannot be read."""
    try:
        fields = json.loads(line or b"{}")
    except ValueError:
        return {}
    return fields if isinstance(fields, dict) else {}


def _lost(stored: StoredEntry) -> list[tuple[str, int]]:
    try:
        leaf = parse_leaf(stored.line or b"")
    except ProofError:
        return []
    there = [(book, page) for book, page, _ in stored.places]
    return lost_places(leaf, there) if isinstance(leaf, EntryLeaf) else []


def _secret_of(stored: StoredEntry, causes: list[Cause]) -> EntrySecret | None:
    """Return the entry's secret, through any book that gives it; add what is wrong with others."""
    origin = settings.INSTALLATION.origin
    wrong: list[Cause] = []
    for book, _, wrapped in reversed(stored.places):
        if not wrapped:
            continue
        try:
            key = book_key(BookId(book))
        except (RefusedError, DatabaseError) as failed:
            if isinstance(failed, DatabaseError):
                close_if_unreadable(failed, "keyring")
            wrong.append(Cause.KEY)
            continue
        with suppress(MismatchError):
            secret = unwrap_secret(
                wrapped, key, origin=origin, entry_id=stored.entry_id or "", book_id=book
            )
            causes += wrong
            return secret
        wrong.append(Cause.WRAP)
    if not stored.is_unread:
        causes += wrong or [Cause.WRAP]
    return None


@dataclass(frozen=True, slots=True)
class _Signed:
    """What an encrypted body holds."""

    signed_at: datetime
    signed_by: WorkerId
    root: str  # of the entry, as the author signed it
    parts: tuple[Part, ...]


def _read(stored: StoredEntry, secret: EntrySecret | None, causes: list[Cause]) -> _Signed | None:
    if stored.body is None:
        if not stored.is_unread:
            causes.append(Cause.BODY)
        return None
    if secret is None:
        return None
    origin = settings.INSTALLATION.origin
    try:
        plain = decrypt_body(secret, stored.body, origin=origin, entry_id=stored.entry_id or "")
    except MismatchError:
        causes.append(Cause.TAG)
        return None
    content = json.loads(plain)
    sign = content["sign"]
    parts = tuple(
        Text(part["m"], part["x"]) if "x" in part else Data(part["m"], part["j"])
        for part in content["parts"]
    )
    return _Signed(instant(sign["at"]), WorkerId(sign["u"]), sign["e"], parts)


def _numbers(
    stored: StoredEntry, is_register: Callable[[BookId], bool] | None
) -> tuple[dict[BookId, int], dict[BookId, int]]:
    """Return the numbers in books and in registers.

    In a register the wrapped key is empty. Of an entry with something wrong that is no sign.
    """
    pages: dict[BookId, int] = {}
    registers: dict[BookId, int] = {}
    for book, page, wrapped in sorted(stored.places) if is_register else stored.places:
        of_register = not wrapped and (is_register is None or is_register(BookId(book)))
        (registers if of_register else pages)[BookId(book)] = page
    return pages, registers
