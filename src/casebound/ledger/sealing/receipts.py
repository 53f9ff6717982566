"""Receipts, and the proof of one entry in one sentence (P64)."""

from dataclasses import dataclass
from typing import Any, Literal

from casebound.foundation.base.ids import BookId
from casebound.foundation.base.messages import gettext, ngettext
from casebound.foundation.base.times import in_words, instant
from casebound.foundation.proof.commitments import page_mark
from casebound.foundation.proof.errors import MismatchError, ProofError
from casebound.foundation.proof.leaf import EntryLeaf, parse_leaf
from casebound.foundation.proof.notes import check_checkpoint
from casebound.foundation.proof.receipts import Receipt, check_receipt
from casebound.foundation.proof.tree import inclusion_proof
from casebound.ledger.sealing import blobs, sequencing
from casebound.ledger.sealing.checking.stored import is_stored
from casebound.ledger.sealing.connection import StoreConnection


@dataclass(frozen=True, slots=True)
class ProofSeen:
    """The proof of one entry, worked out now.

    Attributes:
        state: "whole", or "broken" if anything is not as it was sealed.
        words: one sentence for anybody.
        more: the numbers, for readers who want them.
        index: the entry's leaf, from 0.
        size: how many lines the log has.
        root: of the tree, hex.
    """

    state: Literal["whole", "broken"]
    words: str
    more: str
    index: int
    size: int
    root: str


@dataclass(frozen=True, slots=True)
class LogSeen:
    """The present state of the log: what to print, and what a checker has to trust.

    Attributes:
        size: how many lines.
        root: hex.
        checkpoint: the signed note.
        vkey: the log's public key.
        trust: a trust file for the offline checker (C2SP tlog-policy).
    """

    size: int
    root: str
    checkpoint: str
    vkey: str
    trust: str


def index_of(book: BookId, page: int) -> int | None:
    """Return the leaf of a page, or None if there is no such page. 1 query."""
    row = (
        StoreConnection()
        .execute(
            "SELECT l.idx FROM entry_key k JOIN log_leaf l ON l.entry_id = k.entry_id"
            " WHERE k.book_id = %s AND k.page = %s",
            [book, page],
        )
        .fetchone()
    )
    return None if row is None else int(row[0])


def receipt(index: int) -> bytes:
    """Return the receipt of a leaf (format 1.10). Its holder can prove the leaf for ever.

    4 queries, however long the log.

    Raises:
        ValueError: there is no such leaf.
    """
    return _receipt(StoreConnection(), index).data


def proof_of(index: int, *, book: BookId | None = None) -> ProofSeen:
    """Check one entry now: its bytes, its line, the tree above it, the signature. 6 queries.

    The files attached to it are read and hashed as well, about a gigabyte a second; 1 query more.

    With `book` the sentence says which page of that book it is, and the number is checked too.

    Raises:
        ValueError: there is no such leaf.
    """
    store = StoreConnection()
    stored = _receipt(store, index)
    size, root = 0, b""
    try:
        head = check_receipt(stored, sequencing.signer().key).checkpoint
        size, root = head.size, head.root
        at, page = _check_entry(store, stored, book)
    except ProofError:
        words = gettext("This page cannot be proved: something is not as it was sealed.")
        more = gettext(
            "Tell the person responsible for records; `casebound verify` says what is wrong."
        )
        return ProofSeen("broken", words, more, index, size, root.hex())
    sealed, line = in_words(instant(at)), f"{index + 1:,}"
    words = (
        gettext(
            "Unchanged since it was sealed on {sealed}: page {page} of this book,"
            " line {line} of the log."
        ).format(sealed=sealed, page=f"{page:,}", line=line)
        if page
        else gettext("Unchanged since it was sealed on {sealed}: line {line} of the log.").format(
            sealed=sealed, line=line
        )
    )
    more = ngettext(
        "Checked just now against the signed log of {lines} line, root {root}.",
        "Checked just now against the signed log of {lines} lines, root {root}.",
        size,
    ).format(lines=f"{size:,}", root=root.hex())
    return ProofSeen("whole", words, more, index, size, root.hex())


def log_seen() -> LogSeen:
    """Return the present state of the log. 1 query.

    Raises:
        ProofError: the newest checkpoint is not this log's.
    """
    note = _newest_checkpoint(StoreConnection())
    head = check_checkpoint(note, sequencing.signer().key).checkpoint
    vkey = sequencing.signer().key.vkey
    return LogSeen(head.size, head.root.hex(), note.decode(), vkey, f"log {vkey}\nquorum none\n")


def _check_entry(store: StoreConnection, stored: Receipt, book: BookId | None) -> tuple[str, int]:
    """Check bytes and page of an entry against its line; return its time, and its page or 0."""
    leaf = parse_leaf(stored.leaf)
    if not isinstance(leaf, EntryLeaf):
        return leaf.at, 0
    row = store.execute(
        "SELECT e.id, e.body, EXISTS(SELECT 1 FROM entry_blob f WHERE f.entry_id = e.id)"
        " FROM log_leaf l JOIN sealed_entry e ON e.id = l.entry_id WHERE l.idx = %s",
        [stored.index],
    ).fetchone()
    if row is None:
        raise MismatchError("the stored bytes are missing")
    files = blobs.digests_of(store, [row[0]]).get(row[0], []) if row[2] else []
    if not is_stored(stored.leaf, _bytes(row[1]), files):
        raise MismatchError("the stored bytes are not those of the leaf")
    if book is None:
        return leaf.at, 0
    places = store.execute(
        "SELECT k.book_id, k.page, b.tag FROM entry_key k JOIN book b ON b.id = k.book_id"
        " WHERE k.entry_id = %s",
        [row[0]],
    ).fetchall()
    # Its numbers in its other books and in registers stand on the page as well.
    marks = sorted(page_mark(_bytes(tag), page, leaf.root) for _, page, tag in places)
    pages = {place: page for place, page, _ in places}
    if marks != sorted(leaf.marks) or book not in pages:
        raise MismatchError("the page is not the one that was sealed")
    return leaf.at, pages[book]


def _receipt(store: StoreConnection, index: int) -> Receipt:
    note = _newest_checkpoint(store)
    row = store.execute("SELECT data FROM log_leaf WHERE idx = %s", [index]).fetchone()
    if row is None:
        raise ValueError(f"no leaf {index}")
    size = int(note.split(b"\n")[1])
    return Receipt(_bytes(row[0]), index, tuple(_proof(store, index, size)), note)


def _newest_checkpoint(store: StoreConnection) -> bytes:
    row = store.execute("SELECT note FROM log_checkpoint ORDER BY size DESC LIMIT 1").fetchone()
    return _bytes(row[0])


def _proof(store: StoreConnection, index: int, size: int) -> list[bytes]:
    """Build an inclusion proof: first see which hashes it needs, then fetch them together."""
    needed: list[tuple[int, int]] = []

    def note_down(level: int, at: int) -> bytes:
        needed.append((level, at))
        return b""

    inclusion_proof(index, size, note_down)
    hashes: dict[tuple[int, int], bytes] = {}
    leaves = [at for level, at in needed if level == 0]
    if leaves:
        rows = store.execute(
            f"SELECT 0, idx, hash FROM log_leaf WHERE idx IN ({_marks(leaves)})",  # noqa: S608
            leaves,
        ).fetchall()
        hashes |= {(level, at): _bytes(digest) for level, at, digest in rows}
    above = [node for node in needed if node[0] > 0]
    if above:
        terms = " OR ".join(["(level = %s AND idx = %s)"] * len(above))
        rows = store.execute(
            f"SELECT level, idx, hash FROM log_node WHERE {terms}",  # noqa: S608
            [number for node in above for number in node],
        ).fetchall()
        hashes |= {(level, at): _bytes(digest) for level, at, digest in rows}
    # If a hash is missing, the proof does not hold, as it must not.
    return inclusion_proof(index, size, lambda level, at: hashes.get((level, at), b""))


def _marks(values: list[Any]) -> str:
    return ",".join(["%s"] * len(values))


def _bytes(cell: bytes | str) -> bytes:
    """Return a column's bytes as bytes: on SQLite, somebody may have stored text there."""
    return cell.encode() if isinstance(cell, str) else bytes(cell)
