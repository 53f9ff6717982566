import hmac

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casebound.foundation.proof import encryption
from casebound.foundation.proof.errors import MismatchError
from casebound.foundation.proof.keys import LOG, VerifierKey, parse_vkey
from casebound.foundation.proof.notes import parse_note
from casebound.foundation.proof.tests import build
from casebound.foundation.proof.tree import CompactRange, leaf_hash

GIVEN = build.vectors("published")


@pytest.mark.parametrize("case", GIVEN["ed25519"])
def test_ed25519_agrees_with_rfc_8032(case: dict[str, str]) -> None:
    given = {name: bytes.fromhex(value) for name, value in case.items()}
    key = VerifierKey("example.org/1", LOG, given["public"])
    key.check(given["signature"], given["message"])
    with pytest.raises(MismatchError):
        key.check(given["signature"], given["message"] + b"x")
    signed = Ed25519PrivateKey.from_private_bytes(given["seed"]).sign(given["message"])
    assert signed == given["signature"]


@pytest.mark.parametrize("case", GIVEN["aes_256_gcm"])
def test_encryption_agrees_with_the_published_gcm_cases(case: dict[str, str]) -> None:
    given = {name: bytes.fromhex(value) for name, value in case.items()}
    locked = given["nonce"] + given["locked"]
    made = encryption._lock(given["key"], given["plaintext"], given["extra"], given["nonce"])
    assert made == locked
    assert encryption._unlock(given["key"], locked, given["extra"]) == given["plaintext"]


@pytest.mark.parametrize("case", GIVEN["hmac_sha256"])
def test_hmac_agrees_with_rfc_4231(case: dict[str, str]) -> None:
    made = hmac.digest(bytes.fromhex(case["key"]), bytes.fromhex(case["message"]), "sha256")
    assert made.hex() == case["mac"]


def test_roots_agree_with_the_certificate_transparency_reference() -> None:
    edge, roots = CompactRange(), []
    for leaf in GIVEN["merkle"]["leaves"]:
        edge.append(leaf_hash(bytes.fromhex(leaf)))
        roots.append(edge.root().hex())
    assert roots == GIVEN["merkle"]["roots"]


def test_a_note_signed_by_another_program_is_read_and_verifies() -> None:
    data = GIVEN["note"]["note"].encode()
    key, note = parse_vkey(GIVEN["note"]["vkey"]), parse_note(data)
    assert key.vkey == GIVEN["note"]["vkey"]
    assert note.signatures[0].key_id == key.key_id
    key.check(note.signatures[0].signature, note.text.encode())
    assert note.data == data
