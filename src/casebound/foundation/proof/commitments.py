"""Secrets, salted commitments and roots of one entry (ledger 1.3 to 1.7)."""

import hmac
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import TypeAlias

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC

from casebound.foundation.proof.canonical import Json, canonical
from casebound.foundation.proof.errors import LimitError, ShapeError
from casebound.foundation.proof.spelling import origin_name, unhex

MOST_PARTS = 200  # 1.4
LONGEST_TEXT = 65_536  # 1.4, bytes of UTF-8
SECRET_SIZE = 32  # 1.3

KINDS = frozenset(
    {"fact", "account", "opinion", "assessment", "judgement", "decision", "view"}
)  # 1.4, `k`; "account" (what someone said) is ours, see decision 0003
SOURCES = frozenset({"first-hand", "told-by", "document"})  # 1.4, `src`

_WORD = re.compile(rb"[^ \n]*[ \n]|[^ \n]+")
# Packing a number costs as much as a sixth of a word; nearly every text is shorter than this.
_COUNTED = tuple(n.to_bytes(4, "big") for n in range(2048))


def u32(n: int) -> bytes:
    """Write a number from 0 to 2^32-1 in 4 bytes, big-endian (1.1)."""
    return n.to_bytes(4, "big")


def lp(data: bytes) -> bytes:
    """Write the length of the data in 4 bytes, then the data (LP of 1.1)."""
    return len(data).to_bytes(4, "big") + data


def mac(key: bytes, message: bytes) -> bytes:
    """Return HMAC-SHA-256 of a message (1.1; RFC 2104)."""
    return hmac.digest(key, message, "sha256")


def _macs(key: bytes, label: bytes, count: int) -> list[bytes]:
    """Return `MAC(key, label || u32(0))`, `MAC(key, label || u32(1))`, ... `count` of them.

    The key is read once and copied for each number: a third of the time of as many `mac`.
    """
    keyed = HMAC(key, SHA256())
    keyed.update(label)
    macs = []
    for number in _numbers(count):
        own = keyed.copy()
        own.update(number)
        macs.append(own.finalize())
    return macs


def _numbers(count: int) -> Iterable[bytes]:
    return _COUNTED[:count] if count <= len(_COUNTED) else map(u32, range(count))


@dataclass(frozen=True, slots=True)
class Text:
    """A part of free text: labels `m` and the text `x`, at most 65,536 bytes (1.4)."""

    m: dict[str, str]
    x: str = field(repr=False)  # no word about a child in a log


@dataclass(frozen=True, slots=True)
class Data:
    """A part that is not free text: labels `m` and any canonical value `j` (1.4)."""

    m: dict[str, str]
    j: Json = field(repr=False)


Part: TypeAlias = Text | Data


@dataclass(frozen=True, slots=True)
class EntrySecret:
    """The 32 random bytes of one entry (ES), and everything worked out from them (1.3).

    Its holder can read and prove the whole entry; it is stored only wrapped, never shown.
    """

    value: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.value) != SECRET_SIZE:
            raise LimitError("an entry secret has 32 bytes")

    def part_secret(self, i: int) -> bytes:
        """Derive PS_i, which opens part `i` wholly and nothing else."""
        return mac(self.value, b"part" + u32(i))

    def part_secrets(self, count: int) -> list[bytes]:
        """Derive PS_0, PS_1, ... of the first `count` parts."""
        return _macs(self.value, b"part", count)

    def meta_salt(self, i: int) -> bytes:
        """Derive MS_i, the salt of the commitment of part `i`."""
        return meta_salt(self.part_secret(i))

    def word_salt(self, i: int, j: int) -> bytes:
        """Derive WS_ij, which opens word `j` of part `i` and nothing else."""
        return mac(self.part_secret(i), b"word" + u32(j))

    def sign_salt(self) -> bytes:
        """Derive SS, the salt of the signature digest."""
        return mac(self.value, b"sign")

    def body_key(self) -> bytes:
        """Derive the AES key of the body."""
        return mac(self.value, b"body")

    def blob_key(self, i: int) -> bytes:
        """Derive the AES key of the file attached to part `i`."""
        return mac(self.value, b"blob" + u32(i))


def meta_salt(part_secret: bytes) -> bytes:
    """Derive MS_i from PS_i, for one who was given the part and not the entry (1.3)."""
    return mac(part_secret, b"meta")


def split_words(text: bytes) -> list[bytes]:
    """Split after every 0x20 and 0x0A; joined, the words are the text again (1.4).

    An empty text has no words, and there is no empty word after a separator at the end.
    """
    return _WORD.findall(text)


def word_salts(part_secret: bytes, count: int) -> list[bytes]:
    """Derive the salts WS_i0, WS_i1, ... of the first `count` words of a part (1.3)."""
    return _macs(part_secret, b"word", count)


def word_commitment(salt: bytes, word: bytes) -> bytes:
    """Commit to one word, its separator included: C_ij (1.4)."""
    return sha256(b"sr1/word\n" + salt + word).digest()


def word_commitments(part_secret: bytes, words: Sequence[bytes]) -> list[bytes]:
    """Commit to every word of a text, in order."""
    salts = word_salts(part_secret, len(words))
    return [word_commitment(salt, word) for salt, word in zip(salts, words, strict=True)]


def text_commitment(salt: bytes, labels: bytes, words: Sequence[bytes]) -> bytes:
    """Commit to a text part from MS_i, CJ(m) and the commitments of its words: C_i (1.4)."""
    return sha256(b"sr1/text\n" + salt + lp(labels) + u32(len(words)) + b"".join(words)).digest()


def data_commitment(salt: bytes, labels: bytes, value: bytes) -> bytes:
    """Commit to a data part from MS_i, CJ(m) and CJ(j): C_i (1.4)."""
    return sha256(b"sr1/data\n" + salt + lp(labels) + lp(value)).digest()


def check_labels(m: Json) -> dict[str, str]:
    """Return the labels of a part, if they are those of 1.4.

    `n` is required and not empty; `k` and `src` may be there, each a word of its list. Who told
    it is a part of its own, never a label, so that it can be withheld alone.

    Raises:
        ShapeError: another key, or a value that is not allowed.
    """
    label_bytes(m)
    return m  # type: ignore[return-value]  # an object of texts, as was just checked


def label_bytes(m: Json) -> bytes:
    """Return CJ of the labels of a part, if they are those of 1.4.

    Raises:
        ShapeError: as `check_labels`.
    """
    if type(m) is not dict:
        raise ShapeError("labels are n, k and src")
    try:
        return _label_bytes(tuple(m.items()))
    except TypeError:  # a value that cannot be a key of the cache is not a word either
        raise ShapeError("no label is a list or an object") from None


@lru_cache(maxsize=4096)  # forms use the same few hundred labels again and again
def _label_bytes(labels: tuple[tuple[str, str], ...]) -> bytes:
    """Return CJ of labels, if they are those of 1.4."""
    m = dict(labels)
    if not m.keys() <= {"n", "k", "src"}:
        raise ShapeError("labels are n, k and src")
    if not all(type(word) is str and word for word in m.values()) or "n" not in m:
        raise ShapeError("every part has a name, n, and no label is empty")
    if m.get("k", "fact") not in KINDS or m.get("src", "document") not in SOURCES:
        raise ShapeError("a label k or src is not a word of its list")
    return canonical(m)


def text_bytes(text: str) -> bytes:
    """Encode the text of a part in UTF-8.

    Raises:
        LimitError: more than 65,536 bytes.
        ShapeError: a lone surrogate.
    """
    try:
        data = text.encode()
    except UnicodeEncodeError:
        raise ShapeError("a text has a surrogate") from None
    if len(data) > LONGEST_TEXT:
        raise LimitError(f"a text has more than {LONGEST_TEXT} bytes")
    return data


def commit_part(part_secret: bytes, part: Part) -> bytes:
    """Commit to a part under its secret PS_i: C_i, 32 bytes (1.4). 1.2 us a word.

    Raises:
        ProofError: the labels, the text or the value are outside 1.2 or 1.4.
    """
    labels, salt = label_bytes(part.m), meta_salt(part_secret)
    if isinstance(part, Data):
        return data_commitment(salt, labels, canonical(part.j))
    words = split_words(text_bytes(part.x))
    return text_commitment(salt, labels, word_commitments(part_secret, words))


def commit_parts(secret: EntrySecret, parts: Sequence[Part]) -> list[bytes]:
    """Commit to all parts of an entry, in order.

    Raises:
        ProofError: as `commit_part`; LimitError for other than 1 to 200 parts.
    """
    if not 1 <= len(parts) <= MOST_PARTS:
        raise LimitError(f"an entry has 1 to {MOST_PARTS} parts")
    secrets = secret.part_secrets(len(parts))
    return [commit_part(own, part) for own, part in zip(secrets, parts, strict=True)]


def head_bytes(entry_id: str, origin: str) -> bytes:
    """Write the head of an entry (1.5).

    Raises:
        SpellingError: the id is not 32 lower-case hex digits, or the origin cannot name a log.
    """
    unhex(entry_id, 16)
    return canonical({"id": entry_id, "log": origin_name(origin), "v": 1})


def entry_root(head: bytes, commitments: Sequence[bytes]) -> bytes:
    """Fold the head and the commitments of all parts into the entry root ER (1.5)."""
    return sha256(
        b"sr1/entry\n" + lp(head) + u32(len(commitments)) + b"".join(commitments)
    ).digest()


def sign_digest(sign_salt: bytes, statement: bytes) -> bytes:
    """Digest CJ(S), the statement of signing, under its salt: SD (1.6)."""
    return sha256(b"sr1/sign\n" + sign_salt + statement).digest()


def stored_digest(body: bytes, blobs: Iterable[bytes] = ()) -> bytes:
    """Digest the stored bytes (nonce, ciphertext, tag) of an entry: field `b` of 1.7.

    `blobs` in part order. They are hashed one after another, so a generator that reads one file
    at a time never holds two.
    """
    return digest_of_hashes(sha256(body).digest(), [sha256(blob).digest() for blob in blobs])


def digest_of_hashes(body: bytes, blobs: Sequence[bytes]) -> bytes:
    """Return `stored_digest` from the hash of the body and those of the blobs, in part order.

    For files that are hashed as they are written or read, and never held in memory.
    """
    return sha256(b"sr1/stored\n" + body + u32(len(blobs)) + b"".join(blobs)).digest()


def page_mark(tag: bytes, n: int, root: bytes) -> bytes:
    """Mark an entry as page `n`, from 1, of the book with this secret tag (1.7).

    Raises:
        LimitError: there is no such page.
    """
    if n < 1:
        raise LimitError("pages are numbered from 1")
    return mac(tag, b"sr1/page\n" + n.to_bytes(8, "big") + root)
