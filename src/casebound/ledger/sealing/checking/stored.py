"""Checking the stored bytes of every entry against the log, without any key.

The bytes are read in the order they lie on the disk and the log in its own order, and nothing is
looked up: both sides add up a salted hash of (entry, digest of its bytes). The salt is fresh for
each check, so nobody can prepare bytes that add up. Only if the sums differ are entries looked
up one by one.
"""

import secrets
from hashlib import sha256

from casebound.foundation.proof.commitments import stored_digest
from casebound.ledger.sealing.checking.problems import Fault, Kind
from casebound.ledger.sealing.plain import Plain
from casebound.ledger.sealing.sequencing import StagedEntry

_PREFIX = b"sr1/stored\n"
_NO_BLOBS = bytes(4)
_AT_A_TIME = 500
_B = slice(34, 98)


def fresh_salt() -> bytes:
    """Return the salt of one check."""
    return secrets.token_bytes(32)


def add_up_stored(plain: Plain, first: int, end: int, salt: bytes) -> tuple[int, int]:
    """Return how many bodies lie from place `first` to `end` (not included), and their sum.

    A place is a row number on SQLite and a page of 8 kB on PostgreSQL.
    """
    if plain.is_postgres:
        rows = plain.stream(
            "SELECT id, body FROM sealed_entry WHERE ctid >= %s::text::tid AND ctid < %s::text::tid",
            [f"({first},0)", f"({end},0)"],
        )
    else:
        rows = plain.stream(
            "SELECT id, body FROM sealed_entry WHERE rowid >= %s AND rowid < %s", [first, end]
        )
    count = total = 0
    for entry, body in rows:
        stored = sha256(_PREFIX + sha256(body).digest() + _NO_BLOBS).hexdigest()
        total += int.from_bytes(sha256(salt + f"{entry}{stored}".encode()).digest())
        count += 1
    return count, total


def places(plain: Plain) -> int:
    """Return the first place behind every stored body. 1 query."""
    if plain.is_postgres:
        row = plain.execute(
            "SELECT pg_relation_size('sealed_entry') / current_setting('block_size')::int + 1"
        ).fetchone()
    else:
        row = plain.execute("SELECT coalesce(max(rowid), 0) + 1 FROM sealed_entry").fetchone()
    return int(row[0])


def add_up_pending(plain: Plain, salt: bytes) -> tuple[int, int]:
    """Return how many staged entries wait for their place, and the sum they must come to."""
    count = total = 0
    for entry, fields in plain.execute("SELECT entry_id, fields FROM log_pending").fetchall():
        stored = StagedEntry.from_bytes(entry, bytes(fields)).stored.hex()
        total += int.from_bytes(sha256(salt + f"{entry}{stored}".encode()).digest())
        count += 1
    return count, total


def find_wrong_bytes(plain: Plain, size: int) -> list[Fault]:
    """Look up the bytes of every entry of the log, and say which are wrong, missing or stray."""
    faults: list[Fault] = []
    for first in range(0, size, _AT_A_TIME):
        rows = plain.execute(
            "SELECT l.idx, l.data, l.entry_id, e.body FROM log_leaf l"
            " LEFT JOIN sealed_entry e ON e.id = l.entry_id"
            " WHERE l.idx >= %s AND l.idx < %s AND l.entry_id IS NOT NULL ORDER BY l.idx",
            [first, min(first + _AT_A_TIME, size)],
        ).fetchall()
        for index, data, entry, body in rows:
            if body is None:
                faults.append(Fault(Kind.MISSING, "its stored bytes are missing", index, entry))
            elif stored_digest(bytes(body)).hex().encode() != bytes(data)[_B]:
                faults.append(
                    Fault(
                        Kind.BYTES,
                        "the stored bytes are not those that were sealed",
                        index,
                        entry,
                    )
                )
    strays = plain.execute(
        "SELECT e.id FROM sealed_entry e"
        " WHERE NOT EXISTS (SELECT 1 FROM log_leaf l WHERE l.entry_id = e.id)"
        " AND NOT EXISTS (SELECT 1 FROM log_pending p WHERE p.entry_id = e.id) LIMIT 1000"
    ).fetchall()
    faults += [
        Fault(Kind.STRAY, "it is stored and is not on the log", None, entry) for (entry,) in strays
    ]
    return faults
