"""Disclosure bundles: a copy of sealed entries, whole or with parts and words withheld (1.11)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from casebound.foundation.proof.canonical import Json, canonical
from casebound.foundation.proof.commitments import (
    Data,
    EntrySecret,
    Part,
    commit_part,
    meta_salt,
    split_words,
    text_bytes,
    word_commitment,
    word_salts,
)
from casebound.foundation.proof.entry import OpenedEntry
from casebound.foundation.proof.errors import ShapeError
from casebound.foundation.proof.spelling import to_base64

FORMAT = "sealed-record-bundle/1"


@dataclass(frozen=True, slots=True)
class OpenWhole:
    """Give the part in full."""


@dataclass(frozen=True, slots=True)
class WithholdPart:
    """Show only that the part exists. `why` is for the reader, in the discloser's words."""

    why: str


@dataclass(frozen=True, slots=True)
class WithholdWords:
    """Give a text without these words, counted from 0 as `split_words` splits it."""

    words: frozenset[int]
    why: str


Treatment: TypeAlias = OpenWhole | WithholdPart | WithholdWords


@dataclass(frozen=True, slots=True)
class PageOpening:
    """Show that an entry is page `n` of the book with this tag."""

    tag: bytes = field(repr=False)
    n: int


@dataclass(frozen=True, slots=True)
class EntryCopy:
    """One entry to put into a bundle.

    Attributes:
        index: of its leaf, from 0.
        leaf: leaf data LD.
        proof: inclusion proof under the bundle's checkpoint.
        secret: ES; it does not leave this function.
        opened: the decrypted entry.
        treatments: one for each part, in order: there is no default to forget.
        show_signing: whether the statement of signing, with the author's id, is given.
        page: the opening of its page mark, if given.
    """

    index: int
    leaf: bytes
    proof: tuple[bytes, ...]
    secret: EntrySecret
    opened: OpenedEntry = field(repr=False)
    treatments: tuple[Treatment, ...]
    show_signing: bool
    page: PageOpening | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A time stamp over a checkpoint, and the proof that it and the bundle's are of one log.

    Attributes:
        kind: `rfc3161`.
        size: of the stamped checkpoint.
        token: the time-stamp response, DER.
        checkpoint: the stamped note.
        consistency: from the smaller to the larger of the two checkpoints.
    """

    kind: str
    size: int
    token: bytes
    checkpoint: bytes
    consistency: tuple[bytes, ...]


def _hashes(hashes: Sequence[bytes]) -> list[Json]:
    return [to_base64(digest) for digest in hashes]


def _text_in_part(part_secret: bytes, part: Part, withheld: frozenset[int]) -> Json:
    if isinstance(part, Data):
        raise ShapeError("words can be withheld from a text only")
    words = split_words(text_bytes(part.x))
    if not withheld <= set(range(len(words))):
        raise ShapeError("a withheld word is not in the text")
    salts = word_salts(part_secret, len(words))
    shown: list[Json] = [
        word_commitment(salt, word).hex() if n in withheld else [salt.hex(), word.decode()]
        for n, (salt, word) in enumerate(zip(salts, words, strict=True))
    ]
    return {"m": canonical(part.m).decode(), "ms": meta_salt(part_secret).hex(), "w": shown}


def _part(part_secret: bytes, part: Part, treatment: Treatment) -> Json:
    match treatment:
        case WithholdPart():
            return {"c": commit_part(part_secret, part).hex()}
        case WithholdWords():
            return _text_in_part(part_secret, part, treatment.words)
    sent: dict[str, Json] = {"m": canonical(part.m).decode(), "ps": part_secret.hex()}
    if isinstance(part, Data):
        return sent | {"j": canonical(part.j).decode()}
    return sent | {"x": part.x}


def _entry(copy: EntryCopy) -> Json:
    if len(copy.treatments) != len(copy.opened.parts):
        raise ShapeError("say of each part whether it is given or withheld")
    sign: Json = {}
    if copy.show_signing:
        sign = {"s": canonical(copy.opened.sign).decode(), "ss": copy.secret.sign_salt().hex()}
    return {
        "head": copy.opened.head.decode(),
        "index": copy.index,
        "leaf": copy.leaf.decode(),
        "page": {"n": copy.page.n, "tag": copy.page.tag.hex()} if copy.page else {},
        "parts": [
            _part(copy.secret.part_secret(i), part, treatment)
            for i, (part, treatment) in enumerate(
                zip(copy.opened.parts, copy.treatments, strict=True)
            )
        ],
        "proof": _hashes(copy.proof),
        "sign": sign,
    }


def _withheld(entries: Sequence[EntryCopy]) -> Iterator[Json]:
    for copy in entries:
        for i, treatment in enumerate(copy.treatments):
            if not isinstance(treatment, OpenWhole):
                yield {"index": copy.index, "part": i, "why": treatment.why}


def build_bundle(
    *,
    checkpoint: bytes,
    entries: Sequence[EntryCopy],
    book_pages: int,
    evidence: Sequence[Evidence] = (),
) -> bytes:
    """Build a disclosure bundle: one JSON file, written as CJ so that it has one spelling.

    Salts of withheld words and secrets of parts not given whole are not in it. Check it with
    `check_bundle` before it leaves the house: here nothing is compared with the log.

    Args:
        checkpoint: the signed note all proofs lead to.
        entries: as many as are given, the wholly withheld ones included.
        book_pages: how many pages the discloser says the book has.
        evidence: time stamps.

    Raises:
        ProofError: a treatment is missing, or asks for words a part does not have.
    """
    return canonical(
        {
            "checkpoint": checkpoint.decode(),
            "entries": [_entry(copy) for copy in entries],
            "evidence": [
                {
                    "checkpoint": stamp.checkpoint.decode(),
                    "consistency": _hashes(stamp.consistency),
                    "kind": stamp.kind,
                    "size": stamp.size,
                    "tsr": to_base64(stamp.token),
                }
                for stamp in evidence
            ],
            "format": FORMAT,
            "manifest": {"book_pages": book_pages, "withheld": list(_withheld(entries))},
        }
    )
