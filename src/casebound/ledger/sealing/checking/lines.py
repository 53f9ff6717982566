"""Checking the lines of the log: every leaf hashed again, and every node above it.

Lines are taken in blocks of 1,024, each a perfect subtree, so that several processes can work and
memory does not grow; the parent puts the blocks' roots together.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from casebound.ledger.sealing.checking.problems import Fault, Kind
from casebound.ledger.sealing.plain import Plain

LEVEL = 10
BLOCK = 1 << LEVEL
_ENTRY = b'","t":"entry","v":1}'
_ONE_MARK = 333  # bytes of an entry's line with one page mark (format 1.7); each further one 67
_MORE = 67
_B = slice(34, 98)  # where `b` is: the keys before it have one spelling and one length


@dataclass(slots=True)
class Lines:
    """What a run of lines comes to.

    Attributes:
        roots: the hash of each whole block.
        rest: the hashes of the lines behind the last whole block.
        entries: how many lines are entries, and how many page marks they have.
        sum: of the salted hashes of (entry, `b`), which the stored bytes must come to as well.
        faults: what is wrong.
    """

    roots: list[bytes] = field(default_factory=list)
    rest: list[bytes] = field(default_factory=list)
    entries: int = 0
    marks: int = 0
    sum: int = 0
    faults: list[Fault] = field(default_factory=list)


def check_lines(plain: Plain, first: int, end: int, salt: bytes) -> Lines:
    """Check the lines `first` (a multiple of a block) to `end`, not included. 11 queries a block."""
    found = Lines()
    for start in range(first, end, BLOCK):
        stop = min(start + BLOCK, end)
        before = len(found.faults)
        level = _hashes(plain, start, stop, salt, found)
        for height in range(1, LEVEL + 1):
            level = [
                sha256(b"\1" + left + right).digest()
                for left, right in zip(level[::2], level[1::2], strict=False)
            ]
            if len(found.faults) == before:  # what is above a wrong line is wrong as well
                found.faults += compare_nodes(plain, height, start >> height, level)
        found.roots += level
    return found


def marks_of(length: int) -> int:
    """Return how many page marks an entry's line of this length has."""
    return (length - _ONE_MARK) // _MORE + 1


def _hashes(plain: Plain, start: int, stop: int, salt: bytes, found: Lines) -> list[bytes]:
    rows = plain.execute(
        "SELECT idx, hash, data, entry_id FROM log_leaf WHERE idx >= %s AND idx < %s ORDER BY idx",
        [start, stop],
    ).fetchall()
    if len(rows) != stop - start:
        rows = list(_with_holes(rows, start, stop, found))
    hashes = [sha256(b"\0" + row[2]).digest() for row in rows]
    if hashes != [row[1] for row in rows]:
        found.faults += [
            Fault(Kind.LINE, "its line of the log is not the one that was sealed", row[0], row[3])
            for row, digest in zip(rows, hashes, strict=True)
            if digest != row[1] and row[2]
        ]
    pairs = [
        salt + entry.encode() + data[_B]
        for _, _, data, entry in rows
        if entry is not None and data.endswith(_ENTRY)
    ]
    found.entries += len(pairs)
    found.sum += sum([int.from_bytes(sha256(pair).digest()) for pair in pairs])
    found.marks += sum([marks_of(len(data)) for _, _, data, entry in rows if entry is not None])
    if len(pairs) != sum([data.endswith(_ENTRY) for _, _, data, _ in rows]):
        found.faults += [
            Fault(Kind.LINE, "its line of the log does not say whose it is", index)
            for index, _, data, entry in rows
            if (entry is None) == data.endswith(_ENTRY)
        ]
    if len(hashes) < BLOCK:
        found.rest = hashes
    return hashes


def _with_holes(
    rows: Sequence[tuple[int, bytes, bytes, str | None]], start: int, stop: int, found: Lines
) -> Iterator[tuple[int, bytes, bytes, str | None]]:
    there = {row[0]: row for row in rows}
    for index in range(start, stop):
        if index not in there:
            found.faults.append(Fault(Kind.MISSING, "it is missing from the log", index))
        yield there.get(index, (index, b"", b"", None))


def compare_nodes(plain: Plain, height: int, first: int, expected: list[bytes]) -> list[Fault]:
    """Compare the kept nodes of one level from `first` on with what they must be. 1 query."""
    if not expected:
        return []
    rows = plain.execute(
        "SELECT idx, hash FROM log_node WHERE level = %s AND idx >= %s AND idx < %s ORDER BY idx",
        [height, first, first + len(expected)],
    ).fetchall()
    if [row[1] for row in rows] == expected:
        return []
    kept = dict(rows)
    return [
        Fault(
            Kind.TREE,
            f"the tree above lines {(first + n << height) + 1:,} to {first + n + 1 << height:,}"
            " does not belong to them",
            first + n << height,
        )
        for n, node in enumerate(expected)
        if kept.get(first + n) != node
    ]
