"""Sealing the bytes of an entry, opening them, and checking them against their leaf."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from casebound.foundation.proof.canonical import Json, canonical, parse_canonical
from casebound.foundation.proof.commitments import (
    Data,
    EntrySecret,
    Part,
    Text,
    check_labels,
    commit_parts,
    digest_of_hashes,
    entry_root,
    head_bytes,
    sign_digest,
    stored_digest,
)
from casebound.foundation.proof.encryption import decrypt_body, encrypt_body
from casebound.foundation.proof.errors import MismatchError, ShapeError
from casebound.foundation.proof.leaf import EntryLeaf
from casebound.foundation.proof.shapes import a_list, a_text, an_object
from casebound.foundation.proof.statements import Statement, check_statement


@dataclass(frozen=True, slots=True)
class SealedBytes:
    """What is stored of an entry, and what its leaf says of it.

    Attributes:
        entry_id: 32 lower-case hex digits.
        body: `nonce || ciphertext || tag`.
        root: ER, 32 bytes.
        sign_digest: SD, 32 bytes.
        stored: the digest `b` of body and blobs, 32 bytes.
    """

    entry_id: str
    body: bytes = field(repr=False)
    root: bytes
    sign_digest: bytes
    stored: bytes


@dataclass(frozen=True, slots=True)
class OpenedEntry:
    """A decrypted entry, of the right form but not yet checked against its leaf.

    Attributes:
        entry_id: 32 lower-case hex digits.
        origin: the log it was sealed for.
        head: CJ of both.
        parts: in their sealed order.
        sign: the statement of signing, S.
    """

    entry_id: str
    origin: str
    head: bytes
    parts: tuple[Part, ...] = field(repr=False)
    sign: Mapping[str, Json] = field(repr=False)


@dataclass(frozen=True, slots=True)
class FilePart:
    """An attached file as its part commits to it (1.4)."""

    sha256: str
    size: int
    media_type: str

    def part(self, name: str) -> Data:
        """Return the part of this name."""
        value: Json = {"sha256": self.sha256, "size": self.size, "type": self.media_type}
        return Data({"n": name}, value)


def file_parts(parts: Sequence[Part]) -> dict[int, FilePart]:
    """Return the attached files of an entry by the number of their part: those of this shape."""
    files: dict[int, FilePart] = {}
    for i, part in enumerate(parts):
        if isinstance(part, Data) and isinstance(part.j, dict):
            match part.j:
                case {"sha256": str(digest), "size": int(size), "type": str(kind), **more}:
                    if not more:
                        files[i] = FilePart(digest, size, kind)
    return files


def attachment(labels: dict[str, str], content: bytes, media_type: str) -> Data:
    """Describe an attached file as the data part that commits to it (1.4)."""
    digest = sha256(content).hexdigest()
    return Data(labels, {"sha256": digest, "size": len(content), "type": media_type})


def root_of(origin: str, entry_id: str, secret: EntrySecret, parts: Sequence[Part]) -> bytes:
    """Work out the entry root ER alone, as a device needs it before it can sign.

    Raises:
        ProofError: id, origin or a part are outside 1.2, 1.4 or 1.5.
    """
    return entry_root(head_bytes(entry_id, origin), commit_parts(secret, parts))


def _written(part: Part) -> Json:
    return {"m": part.m, "x": part.x} if isinstance(part, Text) else {"j": part.j, "m": part.m}


def _read(value: Json) -> Part:
    if isinstance(value, dict) and "x" in value:
        fields = an_object(value, "m", "x")
        return Text(check_labels(fields["m"]), a_text(fields["x"]))
    fields = an_object(value, "j", "m")
    return Data(check_labels(fields["m"]), fields["j"])


def seal_bytes(
    *,
    origin: str,
    entry_id: str,
    secret: EntrySecret,
    parts: Sequence[Part],
    statement_of_signing: Statement,
    blobs: Sequence[bytes] = (),
    nonce: bytes | None = None,
) -> SealedBytes:
    """Seal the parts of an entry: commit, state the signing, encrypt. About 0.4 ms at 180 words.

    Text is sealed as it is: pass it through `clean_text` before it is shown for signing.

    Args:
        origin: the log.
        entry_id: 32 lower-case hex digits, random.
        secret: 32 bytes of the operating system's generator, of this entry only.
        parts: 1 to 200.
        statement_of_signing: builds S from the entry root, as `attest` does.
        blobs: the hash of each attached file as it is stored (encrypted), in part order.
        nonce: only for the worked example.

    Raises:
        ProofError: something is outside 1.2 to 1.6, or the statement is about another entry.
    """
    root = root_of(origin, entry_id, secret, parts)
    sign = check_statement(statement_of_signing(root), origin=origin, root=root)
    head: Json = {"id": entry_id, "log": origin, "v": 1}
    plain = canonical({"head": head, "parts": [_written(part) for part in parts], "sign": sign})
    body = encrypt_body(secret, plain, origin=origin, entry_id=entry_id, nonce=nonce)
    digest = sign_digest(secret.sign_salt(), canonical(sign))
    stored = digest_of_hashes(sha256(body).digest(), blobs)
    return SealedBytes(entry_id, body, root, digest, stored)


def open_body(*, origin: str, entry_id: str, secret: EntrySecret, body: bytes) -> OpenedEntry:
    """Decrypt and read the body of an entry.

    Raises:
        MismatchError: changed bytes, another secret, or another entry's.
        ProofError: the body is not of the form of 1.12.
    """
    plain = decrypt_body(secret, body, origin=origin, entry_id=entry_id)
    fields = an_object(parse_canonical(plain), "head", "parts", "sign")
    head = head_bytes(entry_id, origin)
    if canonical(fields["head"]) != head:  # as bytes: to Python, true is equal to 1
        raise ShapeError("the head inside the body is of another entry")
    parts = tuple(_read(part) for part in a_list(fields["parts"]))
    return OpenedEntry(entry_id, origin, head, parts, an_object(fields["sign"]))


def check_entry(opened: OpenedEntry, secret: EntrySecret, leaf: EntryLeaf) -> None:
    """Check that an opened entry is what its leaf says: recompute ER and SD.

    Raises:
        MismatchError: the parts or the statement of signing differ from what was sealed.
        ProofError: they are outside 1.2, 1.4 or 1.6.
    """
    root = entry_root(opened.head, commit_parts(secret, opened.parts))
    if root != leaf.root:
        raise MismatchError("the parts are not those that were sealed")
    check_statement(opened.sign, origin=opened.origin, root=root)
    if sign_digest(secret.sign_salt(), canonical(opened.sign)) != leaf.sign_digest:
        raise MismatchError("the statement of signing is not the one that was sealed")


def check_stored(body: bytes, blobs: Iterable[bytes], stored: bytes) -> None:
    """Check stored bytes against the digest `b` of a leaf, without any key.

    `blobs` in part order; a generator is read one file at a time.

    Raises:
        MismatchError: body or blobs differ from what was stored.
    """
    if stored_digest(body, blobs) != stored:
        raise MismatchError("the stored bytes are not those of the leaf")
