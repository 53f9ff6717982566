"""Hashing the lines of the log and the stored bytes of every entry again, without any key.

Bytes are read in their order on the disk, and lines in the order of the log. The two orders differ
only for entries sealed at the same moment. So both are read in parallel, without look-ups. A line
or bytes whose partner has not come yet waits for it. Lines are read in blocks of 1,024, each a
perfect subtree, so that several processes can work and memory does not grow.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice

from casebound.foundation.proof.commitments import digest_of_hashes
from casebound.ledger.sealing import blobs
from casebound.ledger.sealing.checking.problems import Fault, Problem, ProblemKind, unread
from casebound.ledger.sealing.connection import StoreConnection
from casebound.ledger.sealing.waiting import read_waiting

LEVEL = 10
BLOCK = 1 << LEVEL
STORED = slice(34, 98)  # where an entry's line says `b`: all before it has one length (format 1.7)
MOST_WAITING = 20_000  # without a partner; more means that something is wrong

_PREFIX = b"sr1/stored\n"  # format 1.7, `b`, for an entry without blobs
_NO_BLOBS = bytes(4)
_PAGES = 400  # of 8 kB, read at a time (PostgreSQL)
_AT_A_TIME = 500

Digest = tuple[str, bytes]  # an entry and its `b` in hex


@dataclass(slots=True)
class Hashed:
    """The result of hashing a range of lines and the stored bytes of their entries.

    Attributes:
        roots: the hash of each whole block of lines.
        rest: the hashes of the lines after the last whole block.
        lines: entries whose bytes were not found, with `b` from the log.
        bodies: entries whose line was not found, with `b` computed from their bytes.
        entries: how many lines are of entries.
        wrong_lines: whether lines are missing, or differ from their hashes.
    """

    roots: list[bytes] = field(default_factory=list)
    rest: list[bytes] = field(default_factory=list)
    lines: dict[str, bytes] = field(default_factory=dict)
    bodies: dict[str, bytes] = field(default_factory=dict)
    entries: int = 0
    wrong_lines: bool = False

    def meet(self, lines: list[Digest], bodies: list[Digest]) -> None:
        """Match lines and bytes of the same entry and digest."""
        for waiting, new in ((self.lines, lines), (self.bodies, bodies)):
            if len(waiting) < MOST_WAITING:
                waiting.update(new)
        for entry in self.lines.keys() & self.bodies.keys():
            if self.lines[entry] == self.bodies[entry]:
                del self.lines[entry], self.bodies[entry]


def hash_all(store: StoreConnection, first: int, end: int, place: int, place_end: int) -> Hashed:
    """Hash the lines from `first` (a multiple of a block) to `end`, and the bytes between places.

    A place is a row number on SQLite and a page of 8 kB on PostgreSQL.
    """
    hashed = Hashed()
    bodies, with_files = _bodies(store, place, place_end), _has_files(store)
    for start in range(first, end, BLOCK):
        stop = min(start + BLOCK, end)
        rows = store.execute(
            "SELECT hash, data, entry_id FROM log_leaf WHERE idx >= %s AND idx < %s ORDER BY idx",
            [start, stop],
        ).fetchall()
        level = [sha256(b"\0" + data).digest() for _, data, _ in rows]
        if len(rows) != stop - start or level != [row[0] for row in rows]:
            hashed.wrong_lines = True
        lines = [(entry, data[STORED]) for _, data, entry in rows if entry is not None]
        hashed.entries += len(lines)
        beside = _digested(store, islice(bodies, len(lines)), with_files=with_files)
        if lines != beside:
            hashed.meet(lines, beside)
        if len(level) < BLOCK:
            hashed.rest = level
            break
        for _ in range(LEVEL):
            level = [
                sha256(b"\1" + left + right).digest()
                for left, right in zip(level[::2], level[1::2], strict=True)
            ]
        hashed.roots += level
    while rest := _digested(store, islice(bodies, BLOCK), with_files=with_files):
        hashed.meet([], rest)
    return hashed


def _digested(
    store: StoreConnection, bodies: Iterable[tuple[str, bytes]], *, with_files: bool
) -> list[Digest]:
    """Return the digests of stored bytes, each hashed when it is read.

    (Reading many first and hashing them later is slower: they are no longer in the processor's
    cache.) An entry with attached files needs 1 query more, and each file is read again.
    """
    if not with_files:
        return [
            (entry, sha256(_PREFIX + sha256(body).digest() + _NO_BLOBS).hexdigest().encode())
            for entry, body in bodies
        ]
    hashes = [(entry, sha256(body).digest()) for entry, body in bodies]
    files = blobs.digests_of(store, [entry for entry, _ in hashes])
    return [
        (entry, digest_of_hashes(body, files.get(entry, ())).hex().encode())
        for entry, body in hashes
    ]


def _has_files(store: StoreConnection) -> bool:
    return store.execute("SELECT 1 FROM entry_blob LIMIT 1").fetchone() is not None


def _bodies(store: StoreConnection, place: int, end: int) -> Iterator[tuple[str, bytes]]:
    """Yield stored bodies in their order on the disk."""
    return _on_postgres(store, place, end) if store.is_postgres else _on_sqlite(store, place, end)


def _on_sqlite(store: StoreConnection, place: int, end: int) -> Iterator[tuple[str, bytes]]:
    return iter(
        store.execute(
            "SELECT id, body FROM sealed_entry WHERE rowid >= %s AND rowid < %s ORDER BY rowid",
            [place, end],
        )
    )


def _on_postgres(store: StoreConnection, place: int, end: int) -> Iterator[tuple[str, bytes]]:
    for start in range(place, end, _PAGES):
        yield from store.execute(
            "SELECT id, body FROM sealed_entry"
            " WHERE ctid >= %s::text::tid AND ctid < %s::text::tid",
            [f"({start},0)", f"({min(start + _PAGES, end)},0)"],
        )


def place_of(store: StoreConnection, index: int) -> int | None:
    """Return the place of the first entry from line `index` on. 1 query."""
    what = "split_part(trim('(' from ctid::text), ',', 1)::int" if store.is_postgres else "rowid"
    row = store.execute(
        f"SELECT {what} FROM sealed_entry WHERE id = (SELECT entry_id FROM log_leaf"  # noqa: S608
        " WHERE idx >= %s AND entry_id IS NOT NULL ORDER BY idx LIMIT 1)",
        [index],
    ).fetchone()
    return row[0] if row else None


def places(store: StoreConnection) -> int:
    """Return the first place after every stored body. 1 query."""
    if store.is_postgres:
        row = store.execute(
            "SELECT pg_relation_size('sealed_entry') / current_setting('block_size')::int + 1"
        ).fetchone()
    else:
        row = store.execute("SELECT coalesce(max(rowid), 0) + 1 FROM sealed_entry").fetchone()
    return int(row[0])


def waiting(store: StoreConnection) -> list[Digest]:
    """Return the entries that are staged and have no line yet. 1 query.

    `waiting` checks them; a row that cannot be read is left out here.
    """
    rows = store.execute("SELECT entry_id, fields FROM log_pending").fetchall()
    return [(entry.entry_id, entry.stored.hex().encode()) for entry in read_waiting(rows).staged]


def without_folder(store: StoreConnection) -> list[Problem]:
    """Say that the folder of the attached files is not there, if any entry has a file."""
    row = store.execute("SELECT count(*), count(DISTINCT entry_id) FROM entry_blob").fetchone()
    if not row[0] or blobs.folder().is_dir():
        return []
    words = (
        f"The folder of attached files, blobs, is not there: {row[0]:,} files of"
        f" {row[1]:,} entries were not looked at."
    )
    return [unread(words)]


def find_wrong_bytes(store: StoreConnection, size: int) -> Iterator[list[Fault]]:
    """Look up the bytes of every entry of the log, and say which are wrong, missing or stray."""
    folder = blobs.folder().is_dir()
    for first in range(0, size, _AT_A_TIME):
        rows = store.execute(
            "SELECT l.idx, l.data, l.entry_id, e.body FROM log_leaf l"
            " LEFT JOIN sealed_entry e ON e.id = l.entry_id"
            " WHERE l.idx >= %s AND l.idx < %s AND l.entry_id IS NOT NULL ORDER BY l.idx",
            [first, min(first + _AT_A_TIME, size)],
        ).fetchall()
        files = blobs.digests_of(store, [row[2] for row in rows])
        yield [
            fault
            for index, data, entry, body in rows
            for fault in _wrong(index, bytes(data), entry, body, files.get(entry, []))
            if folder or fault.kind is not ProblemKind.UNREAD  # the whole folder is named already
        ]
    strays = store.execute(
        "SELECT e.id FROM sealed_entry e"
        " WHERE NOT EXISTS (SELECT 1 FROM log_leaf l WHERE l.entry_id = e.id)"
        " AND NOT EXISTS (SELECT 1 FROM log_pending p WHERE p.entry_id = e.id) LIMIT 1000"
    ).fetchall()
    yield [
        Fault(ProblemKind.STRAY, "it is stored and is not on the log", None, entry)
        for (entry,) in strays
    ]


def is_stored(line: bytes, body: bytes, files: Sequence[bytes]) -> bool:
    """Say whether stored bytes, and the hashes of their files, match a line."""
    return digest_of_hashes(sha256(body).digest(), files).hex().encode() == line[STORED]


def find_stray_files(store: StoreConnection) -> list[Fault]:
    """Return the attached files that no entry of the log has. 1 query over all files."""
    rows = store.execute(
        "SELECT b.entry_id, b.part, b.locator FROM entry_blob b"
        " WHERE NOT EXISTS (SELECT 1 FROM log_leaf l WHERE l.entry_id = b.entry_id)"
        " AND NOT EXISTS (SELECT 1 FROM log_pending p WHERE p.entry_id = b.entry_id) LIMIT 1000"
    ).fetchall()
    return [
        Fault(ProblemKind.STRAY, "a file is attached to it, and it is not on the log", None, entry)
        for entry, *_ in rows
    ]


def _wrong(
    index: int, line: bytes, entry: str, body: bytes | None, files: list[bytes]
) -> Iterator[Fault]:
    if body is None:
        yield Fault(ProblemKind.MISSING, "its stored bytes are missing", index, entry)
    elif blobs.UNREAD in files:
        yield Fault(ProblemKind.UNREAD, "a file attached to it cannot be read", index, entry)
    elif b"" in files:
        yield Fault(ProblemKind.MISSING, "a file attached to it is missing", index, entry)
    elif not is_stored(line, body, files):
        what = "the stored bytes are not those that were sealed"
        if files:
            what += ", or those of a file attached to it"
        yield Fault(ProblemKind.BYTES, what, index, entry)
