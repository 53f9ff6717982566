"""Checking the lines of the log one by one: each against its hash, and every node above them."""

from collections.abc import Iterator, Sequence
from hashlib import sha256

from casebound.foundation.proof.errors import ProofError
from casebound.foundation.proof.leaf import ClockLeaf, parse_leaf
from casebound.ledger.sealing.checking.problems import Fault, ProblemKind
from casebound.ledger.sealing.checking.stored import BLOCK, LEVEL
from casebound.ledger.sealing.clock_corrections import AT
from casebound.ledger.sealing.connection import StoreConnection

_BEGINS = b'{"at":"'
_ENTRY = b'","t":"entry","v":1}'
_ONE_MARK = 333  # bytes of an entry's line with one page mark (format 1.7); each further one 67
_MORE = 67

Row = tuple[int, bytes, bytes, str | None]


def check_lines(store: StoreConnection, first: int, end: int) -> tuple[int, list[Fault]]:
    """Check the lines `first` (a multiple of a block) to `end`, not included. 12 queries a block.

    Return how many page marks they have, and what is wrong.
    """
    marks = 0
    faults: list[Fault] = []
    for start in range(first, end, BLOCK):
        rows = _rows(store, start, min(start + BLOCK, end))
        level = [sha256(b"\0" + row[2]).digest() for row in rows]
        before = store.execute("SELECT data FROM log_leaf WHERE idx = %s", [start - 1]).fetchone()
        wrong = [*_missing(rows), *_wrong(rows, level)]
        faults += _out_of_order(before, rows)
        marks += sum([marks_of(len(data)) for _, _, data, entry in rows if entry is not None])
        for height in range(1, LEVEL + 1):
            level = [
                sha256(b"\1" + left + right).digest()
                for left, right in zip(level[::2], level[1::2], strict=False)
            ]
            if not wrong:  # every node above a wrong line is wrong too
                wrong += compare_nodes(store, height, start >> height, level)
        faults += wrong
    return marks, faults


def marks_of(length: int) -> int:
    """Return how many page marks an entry's line of this length has."""
    return (length - _ONE_MARK) // _MORE + 1


def compare_nodes(
    store: StoreConnection, height: int, first: int, expected: list[bytes]
) -> list[Fault]:
    """Compare the stored nodes of one level, from `first` on, with the computed ones. 1 query."""
    if not expected:
        return []
    rows = store.execute(
        "SELECT idx, hash FROM log_node WHERE level = %s AND idx >= %s AND idx < %s ORDER BY idx",
        [height, first, first + len(expected)],
    ).fetchall()
    if [row[1] for row in rows] == expected:
        return []
    stored = dict(rows)
    return [
        Fault(
            ProblemKind.TREE,
            f"the tree above lines {(first + n << height) + 1:,} to {first + n + 1 << height:,}"
            " does not belong to them",
            first + n << height,
        )
        for n, node in enumerate(expected)
        if stored.get(first + n) != node
    ]


def _rows(store: StoreConnection, start: int, stop: int) -> Sequence[Row]:
    """Return the lines in order, with an empty one for each that is missing."""
    rows: list[Row] = store.execute(
        "SELECT idx, hash, data, entry_id FROM log_leaf WHERE idx >= %s AND idx < %s ORDER BY idx",
        [start, stop],
    ).fetchall()
    if len(rows) == stop - start:
        return rows
    there = {row[0]: row for row in rows}
    return [there.get(index, (index, b"", b"", None)) for index in range(start, stop)]


def _out_of_order(before: tuple[bytes] | None, rows: Sequence[Row]) -> Iterator[Fault]:
    """Find lines that say an earlier time than the line before, which no clock leaf explains."""
    last = floor_of(before[0]) if before else ""
    for index, _, data, entry in rows:
        if data and _time(data) < last:
            what = "it says an earlier time than the line before"
            yield Fault(ProblemKind.ORDER, what, index, entry)
        last = floor_of(data) if data else last


def _time(data: bytes) -> str:
    """Return the time of a line; empty if it cannot be read, which other checks report."""
    if data.startswith(_BEGINS):
        return data[AT].decode(errors="replace")
    try:
        return parse_leaf(data).at
    except ProofError:
        return ""


def floor_of(data: bytes) -> str:
    """Return the time that the next line may not be earlier than."""
    if data.startswith(_BEGINS) and data.endswith(_ENTRY):
        return _time(data)
    try:
        leaf = parse_leaf(data)
    except ProofError:
        return ""
    return leaf.true if isinstance(leaf, ClockLeaf) else leaf.at


def _missing(rows: Sequence[Row]) -> Iterator[Fault]:
    for index, _, data, _ in rows:
        if not data:
            yield Fault(ProblemKind.MISSING, "it is missing from the log", index)


def _wrong(rows: Sequence[Row], hashes: Sequence[bytes]) -> Iterator[Fault]:
    for (index, stored_hash, data, entry), digest in zip(rows, hashes, strict=True):
        if digest != stored_hash and data:
            what = "its line of the log is not the one that was sealed"
            yield Fault(ProblemKind.LINE, what, index, entry)
        elif (entry is not None) != data.endswith(_ENTRY):
            yield Fault(
                ProblemKind.LINE, "its line of the log does not say whose it is", index, entry
            )
