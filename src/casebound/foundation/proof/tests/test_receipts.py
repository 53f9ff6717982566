import pytest

from casebound.foundation.proof.errors import LimitError, MismatchError, ProofError
from casebound.foundation.proof.keys import parse_vkey
from casebound.foundation.proof.receipts import Receipt, check_receipt, parse_receipt
from casebound.foundation.proof.tests import build

MADE = build.log_with(build.sealed())
RECEIPT = Receipt(MADE.leaves[1], 1, MADE.proof(1), MADE.checkpoint(cosigned=True))


def read_and_check(data: bytes) -> None:
    check_receipt(parse_receipt(data), build.LOG_VERIFIER, [build.COUNTY], quorum=1)


def test_a_receipt_has_the_lines_of_a_tlog_proof() -> None:
    lines = RECEIPT.data.decode().split("\n")
    assert lines[0] == "c2sp.org/tlog-proof@v1"
    assert lines[1].startswith("extra eyJhdCI6")
    assert lines[2] == "index 1"
    assert lines[3] == "GrH+iHw5E49AN5Pe9AdiH3oGQp7KjgsgIgDF2bgIc5A="
    assert lines[4:7] == ["", build.ORIGIN, "2"]


@pytest.mark.policy("P58", "P65")
def test_a_receipt_read_from_its_file_proves_its_leaf_with_the_key_alone() -> None:
    receipt = parse_receipt(RECEIPT.data)
    key = parse_vkey(build.vectors("worked_example")["vkey"])
    assert receipt == RECEIPT
    assert check_receipt(receipt, key).checkpoint.size == 2


@pytest.mark.policy("P58")
def test_any_changed_byte_of_a_receipt_is_refused() -> None:
    data = RECEIPT.data
    for position in range(len(data)):
        for bit in (1, 0x20):
            changed = data[:position] + bytes([data[position] ^ bit]) + data[position + 1 :]
            with pytest.raises(ProofError):
                read_and_check(changed)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("@v1", "@v2"),
        ("extra ", "extra"),
        ("index 1", "index 01"),
        ("index 1", "index 0"),
        ("index 1", "index 1\n"),
        ("c5A=\n", "c5A=\nGrH+iHw5E49AN5Pe9AdiH3oGQp7KjgsgIgDF2bgIc5A=\n"),
        ("c5A=\n", "c5B=\n"),
        ("index 1\n", "index 1\r\n"),
        ("index 1\n", "index 1\n\u00eb"),
    ],
)
def test_a_receipt_in_another_spelling_is_refused(old: str, new: str) -> None:
    with pytest.raises(ProofError):
        read_and_check(RECEIPT.data.decode().replace(old, new, 1).encode())


@pytest.mark.parametrize("data", [b"", b"c2sp.org/tlog-proof@v1\nindex 1\n\n", b"\n\n"])
def test_a_receipt_without_leaf_or_checkpoint_is_refused(data: bytes) -> None:
    with pytest.raises(ProofError):
        read_and_check(data)
    with pytest.raises(ProofError):
        read_and_check(RECEIPT.data.partition(b"\n\n")[0])


def test_a_receipt_with_an_overlong_leaf_or_proof_is_refused() -> None:
    with pytest.raises(ProofError):
        parse_receipt(Receipt(b"x" * 4097, 1, (), RECEIPT.checkpoint).data)
    with pytest.raises(LimitError):
        parse_receipt(Receipt(b"x", 1, (b"h" * 32,) * 65, RECEIPT.checkpoint).data)


def test_a_receipt_of_another_leaf_is_refused() -> None:
    other = Receipt(MADE.leaves[0], 1, RECEIPT.proof, RECEIPT.checkpoint)
    with pytest.raises(MismatchError):
        check_receipt(other, build.LOG_VERIFIER)
