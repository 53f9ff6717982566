"""Checking a disclosure bundle with nothing but the file and the log's key (ledger 1.11, 5)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TypeAlias

from casebound.foundation.proof.bundles import FORMAT, Evidence, PageOpening
from casebound.foundation.proof.canonical import Json, parse_canonical
from casebound.foundation.proof.commitments import (
    LONGEST_TEXT,
    MOST_PARTS,
    Data,
    Text,
    check_labels,
    commit_part,
    entry_root,
    head_bytes,
    page_mark,
    sign_digest,
    split_words,
    text_commitment,
    word_commitment,
)
from casebound.foundation.proof.errors import LimitError, MismatchError, ShapeError
from casebound.foundation.proof.keys import VerifierKey
from casebound.foundation.proof.leaf import EntryLeaf, parse_leaf
from casebound.foundation.proof.notes import CheckedCheckpoint, Checkpoint, check_checkpoint
from casebound.foundation.proof.receipts import MOST_HASHES
from casebound.foundation.proof.shapes import a_count, a_list, a_text, an_object
from casebound.foundation.proof.spelling import unbase64, unhex
from casebound.foundation.proof.statements import check_statement
from casebound.foundation.proof.tree import check_consistency, check_inclusion, leaf_hash


@dataclass(frozen=True, slots=True)
class Withheld:
    """A part of which only the commitment was given."""


@dataclass(frozen=True, slots=True)
class PartlyWithheld:
    """A text of which some words were given; None stands for a withheld word."""

    m: dict[str, str]
    words: tuple[str | None, ...] = field(repr=False)


Shown: TypeAlias = Text | Data | Withheld | PartlyWithheld


@dataclass(frozen=True, slots=True)
class CheckedEntry:
    """An entry of a bundle that is what was sealed, as far as it was given.

    Attributes:
        index: of its leaf, from 0.
        entry_id: 32 lower-case hex digits.
        leaf: what the log says of it.
        parts: in their sealed order.
        sign: the statement of signing, if given.
        page: the number its page mark proves, if opened, and the tag of that book.
    """

    index: int
    entry_id: str
    leaf: EntryLeaf
    parts: tuple[Shown, ...]
    sign: Json = field(repr=False)
    page: PageOpening | None


@dataclass(frozen=True, slots=True)
class CheckedBundle:
    """A bundle that agrees with its log.

    Attributes:
        head: the checkpoint, and who witnessed it when.
        entries: in the file's order.
        evidence: consistent with the log; the time-stamp tokens themselves are not checked here.
        book_pages: what the discloser says, not sealed.
        withheld: (leaf index, part, why), also the discloser's words.
    """

    head: CheckedCheckpoint
    entries: tuple[CheckedEntry, ...]
    evidence: tuple[Evidence, ...]
    book_pages: int
    withheld: tuple[tuple[int, int, str], ...]


def _inner(value: Json) -> Json:
    return parse_canonical(a_text(value).encode())


def _proof(value: Json) -> tuple[bytes, ...]:
    hashes = a_list(value)
    if len(hashes) > 2 * MOST_HASHES:  # a consistency proof can be about twice as long
        raise LimitError("a proof has too many hashes")
    return tuple(unbase64(a_text(text), 32) for text in hashes)


def _word(value: Json, *, last: bool) -> tuple[bytes, str | None, int]:
    """Return a word's commitment, the word or None, and its bytes if it was given."""
    if isinstance(value, str):
        return unhex(value), None, 0
    match a_list(value):
        case [salt, str(word)]:
            data = word.encode()
        case _:
            raise ShapeError("a word is its salt and itself, or its commitment")
    # Otherwise one commitment could be shown as several words, or two words as one.
    if split_words(data) != [data] or not (last or data.endswith((b" ", b"\n"))):
        raise ShapeError("a given word is not one word")
    return word_commitment(unhex(a_text(salt)), data), word, len(data)


def _some_words(fields: dict[str, Json], labels: dict[str, str]) -> tuple[bytes, Shown]:
    listed = a_list(fields["w"])
    if len(listed) > LONGEST_TEXT:
        raise LimitError("a text has too many words")
    words = [_word(word, last=n == len(listed)) for n, word in enumerate(listed, start=1)]
    if sum(size for _, _, size in words) > LONGEST_TEXT:
        raise LimitError("a text is too long")
    salt, label_bytes = unhex(a_text(fields["ms"])), a_text(fields["m"]).encode()
    commitment = text_commitment(salt, label_bytes, [number for number, _, _ in words])
    return commitment, PartlyWithheld(labels, tuple(word for _, word, _ in words))


def _part(value: Json) -> tuple[bytes, Shown]:
    """Return the commitment of a part, and as much of it as was given."""
    fields = dict(an_object(value))
    kind = frozenset(fields)
    if kind == {"c"}:
        return unhex(a_text(fields["c"])), Withheld()
    if kind not in {frozenset("mx") | {"ps"}, frozenset("mj") | {"ps"}, frozenset("mw") | {"ms"}}:
        raise ShapeError("a part has c; or ps, m and x or j; or ms, m and w")
    labels = check_labels(_inner(fields["m"]))
    if "w" in kind:
        return _some_words(fields, labels)
    part = Text(labels, a_text(fields["x"])) if "x" in kind else Data(labels, _inner(fields["j"]))
    return commit_part(unhex(a_text(fields["ps"])), part), part


def _entry_leaf(data: bytes) -> EntryLeaf:
    leaf = parse_leaf(data)
    if not isinstance(leaf, EntryLeaf):
        raise ShapeError("a leaf in a bundle is not of an entry")
    return leaf


def _head(text: str, origin: str) -> str:
    """Return the entry id of a head of this log."""
    fields = an_object(parse_canonical(text.encode()), "id", "log", "v")
    entry_id = a_text(fields["id"])
    if head_bytes(entry_id, origin) != text.encode():
        raise ShapeError("the head is of another log or version")
    return entry_id


def _sign(value: Json, origin: str, leaf: EntryLeaf) -> Json:
    if value == {}:
        return None
    fields = an_object(value, "ss", "s")
    text = a_text(fields["s"])
    if sign_digest(unhex(a_text(fields["ss"])), text.encode()) != leaf.sign_digest:
        raise MismatchError("the statement of signing is not the one that was sealed")
    return check_statement(parse_canonical(text.encode()), origin=origin, root=leaf.root)


def _page(value: Json, leaf: EntryLeaf) -> PageOpening | None:
    if value == {}:
        return None
    fields = an_object(value, "tag", "n")
    page = PageOpening(unhex(a_text(fields["tag"])), a_count(fields["n"]))
    if page_mark(page.tag, page.n, leaf.root) not in leaf.marks:
        raise MismatchError("the page number is not the one that was sealed")
    return page


def _entry(value: Json, head: Checkpoint) -> CheckedEntry:
    names = ("head", "index", "leaf", "page", "parts", "proof", "sign")
    fields = an_object(value, *names)
    index, data = a_count(fields["index"]), a_text(fields["leaf"]).encode()
    leaf = _entry_leaf(data)
    check_inclusion(leaf_hash(data), index, head.size, _proof(fields["proof"]), head.root)
    listed = a_list(fields["parts"])
    if not 1 <= len(listed) <= MOST_PARTS:
        raise LimitError(f"an entry has 1 to {MOST_PARTS} parts")
    parts = [_part(part) for part in listed]
    text = a_text(fields["head"])
    entry_id = _head(text, head.origin)
    if entry_root(text.encode(), [commitment for commitment, _ in parts]) != leaf.root:
        raise MismatchError("the parts are not those that were sealed")
    sign = _sign(fields["sign"], head.origin, leaf)
    page = _page(fields["page"], leaf)
    return CheckedEntry(index, entry_id, leaf, tuple(part for _, part in parts), sign, page)


def _evidence(value: Json, log: VerifierKey, head: Checkpoint) -> Evidence:
    fields = an_object(value, "checkpoint", "consistency", "kind", "size", "tsr")
    if fields["kind"] != "rfc3161":
        raise ShapeError("evidence of unknown kind")
    note, proof = a_text(fields["checkpoint"]).encode(), _proof(fields["consistency"])
    stamped = check_checkpoint(note, log).checkpoint
    if stamped.size != a_count(fields["size"]):
        raise MismatchError("the evidence is for another size of the log")
    first, second = sorted((stamped, head), key=lambda checkpoint: checkpoint.size)
    check_consistency(first.size, first.root, second.size, second.root, proof)
    return Evidence("rfc3161", stamped.size, unbase64(a_text(fields["tsr"])), note, proof)


def _manifest(
    value: Json, entries: Sequence[CheckedEntry]
) -> tuple[int, tuple[tuple[int, int, str], ...]]:
    fields = an_object(value, "book_pages", "withheld")
    reasons = []
    for withheld in a_list(fields["withheld"]):
        reason = an_object(withheld, "index", "part", "why")
        where = a_count(reason["index"]), a_count(reason["part"])
        reasons.append((*where, a_text(reason["why"])))
    named = [(index, part) for index, part, _ in reasons]
    listed = {
        (entry.index, i)
        for entry in entries
        for i, part in enumerate(entry.parts)
        if isinstance(part, Withheld | PartlyWithheld)
    }
    if len(named) != len(listed) or set(named) != listed:
        raise MismatchError("the reasons are not those of the withheld parts")
    return a_count(fields["book_pages"]), tuple(reasons)


def check_bundle(
    data: bytes,
    log: VerifierKey,
    witnesses: Sequence[VerifierKey] = (),
    *,
    quorum: int = 0,
    digest: bytes | None = None,
) -> CheckedBundle:
    """Check that everything a bundle gives was sealed in this log, and unchanged since.

    The manifest is the discloser's, and only the hash of the file is logged: pass `digest`, from
    the `disclosure` leaf, to hold them to those words too. 1.11 does not say that every withheld
    part has a reason; section 11 does, so that is asked for.

    Raises:
        MismatchError: something was changed, or is not of this log.
        ProofError: the file is not of the form of 1.11, or not in its one spelling.
    """
    if digest is not None and sha256(data).digest() != digest:
        raise MismatchError("the file is not the one that was logged")
    fields = an_object(
        parse_canonical(data), "checkpoint", "entries", "evidence", "format", "manifest"
    )
    if fields["format"] != FORMAT:
        raise ShapeError("a bundle of another format")
    note = a_text(fields["checkpoint"]).encode()
    head = check_checkpoint(note, log, witnesses, quorum=quorum)
    entries = tuple(_entry(entry, head.checkpoint) for entry in a_list(fields["entries"]))
    if len({entry.index for entry in entries}) != len(entries):
        raise ShapeError("an entry is in the bundle twice")
    evidence = tuple(_evidence(stamp, log, head.checkpoint) for stamp in a_list(fields["evidence"]))
    book_pages, withheld = _manifest(fields["manifest"], entries)
    return CheckedBundle(head, entries, evidence, book_pages, withheld)
