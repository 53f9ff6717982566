"""Keys that sign notes: names, key ids and their text form, the vkey (ledger 1.9, C2SP)."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from casebound.foundation.proof.errors import MismatchError, SpellingError
from casebound.foundation.proof.spelling import key_name, to_base64, unbase64, unhex

LOG: Final = 0x01  # Ed25519 over the body of a note
WITNESS: Final = 0x04  # a timed Ed25519 cosignature
_KEY_SIZE = 32


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public Ed25519 key with its name and purpose.

    Attributes:
        name: of the log (then it is its origin) or the witness.
        purpose: `LOG` (0x01) or `WITNESS` (0x04), part of the key id.
        key: 32 bytes.
    """

    name: str
    purpose: int
    key: bytes

    @property
    def key_id(self) -> bytes:
        """The first 4 bytes of H(name || LF || purpose || key)."""
        return sha256(self.name.encode() + b"\n" + bytes([self.purpose]) + self.key).digest()[:4]

    @property
    def vkey(self) -> str:
        """The text form `name+hex key id+base64(purpose || key)`."""
        return f"{self.name}+{self.key_id.hex()}+{to_base64(bytes([self.purpose]) + self.key)}"

    def check(self, signature: bytes, message: bytes) -> None:
        """Check a plain Ed25519 signature.

        Raises:
            MismatchError: it is not a signature of this key over this message.
        """
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(signature, message)
        except InvalidSignature:
            raise MismatchError("a signature does not match") from None


def verifier_key(name: str, purpose: int, signing_key: Ed25519PrivateKey) -> VerifierKey:
    """Give the public half of a signing key its name and purpose.

    Raises:
        SpellingError: the name cannot name a key.
    """
    return VerifierKey(key_name(name), purpose, signing_key.public_key().public_bytes_raw())


def parse_vkey(text: str) -> VerifierKey:
    """Read a vkey of an Ed25519 log or witness key.

    Raises:
        SpellingError: not a vkey, another key type, or a key id that does not belong to the key.
    """
    match text.split("+", 2):  # base64 may have a plus, so the split is from the left
        case [name, key_id, encoded]:
            material = unbase64(encoded, 1 + _KEY_SIZE)
        case _:
            raise SpellingError("a vkey is name+key id+key")
    key = VerifierKey(key_name(name), material[0], material[1:])
    if key.purpose not in {LOG, WITNESS}:
        raise SpellingError("a vkey of an unknown key type")
    if unhex(key_id, 4) != key.key_id:
        raise SpellingError("the key id of a vkey does not belong to its key")
    return key
