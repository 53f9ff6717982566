"""Signed notes and checkpoints (ledger 1.9; C2SP signed-note, tlog-checkpoint, tlog-cosignature).

Reading is strict: one dash, one space, base64 that writes back, no control characters. Lines of
unknown keys are ignored, as C2SP asks, so a note may carry signatures this version cannot check.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casebound.foundation.proof.errors import LimitError, MismatchError, ShapeError
from casebound.foundation.proof.keys import LOG, WITNESS, VerifierKey, verifier_key
from casebound.foundation.proof.spelling import key_name, number, to_base64, unbase64

LONGEST_NOTE = 131_072  # bytes; C2SP asks for at least 16 signatures, of up to 5 kB each
MOST_SIGNATURES = 64
_DASH = "\u2014 "  # em dash and one space
_KEY_ID = 4
_TIME = 8
_ED25519 = 64
_LAST_TIME = 2**63 - 1  # C2SP tlog-cosignature


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One signature of a note: who signed, and the bytes after the key id."""

    name: str
    key_id: bytes
    signature: bytes

    @property
    def line(self) -> str:
        """The line as written, with its line break."""
        return f"{_DASH}{self.name} {to_base64(self.key_id + self.signature)}\n"


@dataclass(frozen=True, slots=True)
class SignedNote:
    """A text ending in a line break, and the signatures under it."""

    text: str
    signatures: tuple[SignatureLine, ...]

    @property
    def data(self) -> bytes:
        """The note as written, in UTF-8."""
        return f"{self.text}\n{''.join(signature.line for signature in self.signatures)}".encode()


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a log: its origin, the number of leaves and the root of the tree."""

    origin: str
    size: int
    root: bytes

    @property
    def body(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{to_base64(self.root)}\n"


@dataclass(frozen=True, slots=True)
class CheckedCheckpoint:
    """A checkpoint its log signed, and when each known witness cosigned it.

    Attributes:
        checkpoint: what was signed.
        witnessed: POSIX second by witness name, for the witnesses asked about.
    """

    checkpoint: Checkpoint
    witnessed: Mapping[str, int]


def _signature_line(line: str) -> SignatureLine:
    match line.removeprefix(_DASH).split(" "):
        case [name, encoded] if line.startswith(_DASH):
            data = unbase64(encoded)
        case _:
            raise ShapeError("a signature line is: em dash, space, name, space, base64")
    if len(data) <= _KEY_ID:
        raise ShapeError("a signature line without a signature")
    return SignatureLine(key_name(name), data[:_KEY_ID], data[_KEY_ID:])


def parse_note(data: bytes) -> SignedNote:
    """Read a signed note; nothing in it is checked or trusted yet.

    Raises:
        LimitError: longer than 128 KiB, or more than 64 signatures.
        ProofError: not a note, or not in its one spelling.
    """
    if len(data) > LONGEST_NOTE:
        raise LimitError("a note is too long")
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise ShapeError("a note is not UTF-8") from None
    if any(character < " " and character != "\n" for character in text):
        raise ShapeError("a note has a control character")
    body, blank_line, signatures = text.rpartition("\n\n")  # the last empty line separates
    if not (body and blank_line and signatures.endswith("\n")):
        raise ShapeError("a note is a text, an empty line and signature lines")
    lines = signatures[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise LimitError("a note has too many signatures")
    return SignedNote(body + "\n", tuple(_signature_line(line) for line in lines))


def parse_checkpoint(text: str) -> Checkpoint:
    """Read the body of a checkpoint: exactly three lines (1.9).

    Raises:
        ProofError: other lines, or not in their one spelling.
    """
    match text.split("\n"):
        case [origin, size, root, ""]:
            return Checkpoint(key_name(origin), number(size), unbase64(root, 32))
        case _:
            raise ShapeError("a checkpoint has three lines and nothing more")


class LogSigner:
    """A log's signing key with its name worked out once. About 30 us a checkpoint."""

    def __init__(self, origin: str, signing_key: Ed25519PrivateKey) -> None:
        """Work out the key's name and id.

        Raises:
            SpellingError: the origin cannot name a key.
        """
        self._private = signing_key
        self.key = verifier_key(origin, LOG, signing_key)
        self._key_id = self.key.key_id

    def sign(self, checkpoint: Checkpoint) -> SignedNote:
        """Sign a checkpoint of this log. The caller makes sure never to sign a fork (1.9)."""
        body = checkpoint.body
        signature = self._private.sign(body.encode())
        return SignedNote(body, (SignatureLine(self.key.name, self._key_id, signature),))


def sign_checkpoint(checkpoint: Checkpoint, signing_key: Ed25519PrivateKey) -> SignedNote:
    """Sign one checkpoint as its log. The caller makes sure never to sign a fork (1.9).

    Raises:
        SpellingError: the origin cannot name a key.
    """
    return LogSigner(checkpoint.origin, signing_key).sign(checkpoint)


def _cosigned(time: int, body: str) -> bytes:
    return f"cosignature/v1\ntime {time}\n{body}".encode()


def cosign(body: str, *, name: str, signing_key: Ed25519PrivateKey, time: int) -> SignatureLine:
    """Cosign the body of a checkpoint as a witness, at a POSIX second (type 0x04).

    The caller has checked that the checkpoint continues the last one it cosigned.

    Raises:
        SpellingError: the name cannot name a key.
    """
    key = verifier_key(name, WITNESS, signing_key)
    signature = time.to_bytes(_TIME, "big") + signing_key.sign(_cosigned(time, body))
    return SignatureLine(key.name, key.key_id, signature)


def add_signatures(note: SignedNote, lines: Sequence[SignatureLine]) -> SignedNote:
    """Put further signature lines under a note."""
    return SignedNote(note.text, (*note.signatures, *lines))


def check_cosignature(line: SignatureLine, body: str, witness: VerifierKey) -> int:
    """Check a witness line; return the POSIX second it states.

    Raises:
        MismatchError: it is not this witness's signature over this body.
    """
    if len(line.signature) != _TIME + _ED25519:
        raise MismatchError("a cosignature has the wrong length")
    time = int.from_bytes(line.signature[:_TIME], "big")
    if time > _LAST_TIME:
        raise MismatchError("a cosignature has an impossible time")
    witness.check(line.signature[_TIME:], _cosigned(time, body))
    return time


def _line_of(note: SignedNote, key: VerifierKey) -> SignatureLine | None:
    lines = [
        signature
        for signature in note.signatures
        if (signature.name, signature.key_id) == (key.name, key.key_id)
    ]
    if len(lines) > 1:
        raise MismatchError("a key signed a note twice")
    return lines[0] if lines else None


def check_checkpoint(
    data: bytes, log: VerifierKey, witnesses: Sequence[VerifierKey] = (), *, quorum: int = 0
) -> CheckedCheckpoint:
    """Check that a log signed this checkpoint, and at least `quorum` of the witnesses.

    A known key's line that does not verify refuses the whole note; C2SP only recommends that.

    Raises:
        MismatchError: the log's line is missing or wrong, a known witness's line is wrong, too
            few witnesses, or the checkpoint is of another log.
        ProofError: not a checkpoint, or not in its one spelling.
    """
    note = parse_note(data)
    checkpoint = parse_checkpoint(note.text)
    if checkpoint.origin != log.name:
        raise MismatchError("the checkpoint is of another log")
    line = _line_of(note, log)
    if line is None:
        raise MismatchError("the log did not sign the checkpoint")
    log.check(line.signature, note.text.encode())
    witnessed = {}
    for witness in witnesses:
        line = _line_of(note, witness)
        if line is not None:
            witnessed[witness.name] = check_cosignature(line, note.text, witness)
    if len(witnessed) < quorum:
        raise MismatchError("too few known witnesses cosigned the checkpoint")
    return CheckedCheckpoint(checkpoint, witnessed)
