"""Receipts: proof for ever that one leaf was in the log (ledger 1.10, C2SP tlog-proof)."""

from collections.abc import Sequence
from dataclasses import dataclass

from casebound.foundation.proof.errors import LimitError, ShapeError
from casebound.foundation.proof.keys import VerifierKey
from casebound.foundation.proof.leaf import LARGEST_LEAF, parse_leaf
from casebound.foundation.proof.notes import CheckedCheckpoint, check_checkpoint
from casebound.foundation.proof.spelling import number, to_base64, unbase64
from casebound.foundation.proof.tree import check_inclusion, leaf_hash

_FORMAT = "c2sp.org/tlog-proof@v1"
MOST_HASHES = 64  # a proof has at most one hash for each bit of the size


@dataclass(frozen=True, slots=True)
class Receipt:
    """A leaf, where it stands, and the proof up to a checkpoint.

    Attributes:
        leaf: the leaf data LD.
        index: from 0; people see index + 1.
        proof: hashes from the leaf up.
        checkpoint: the signed note, as bytes.
    """

    leaf: bytes
    index: int
    proof: tuple[bytes, ...]
    checkpoint: bytes

    @property
    def data(self) -> bytes:
        """The receipt as a C2SP tlog-proof file, suffix `.tlog-proof`."""
        lines = [_FORMAT, f"extra {to_base64(self.leaf)}", f"index {self.index}"]
        lines += [to_base64(digest) for digest in self.proof]
        return "\n".join([*lines, "", ""]).encode() + self.checkpoint


def _after(prefix: str, line: str) -> str:
    if not line.startswith(prefix):
        raise ShapeError(f"a line of a receipt does not begin with {prefix}")
    return line.removeprefix(prefix)


def _head(lines: Sequence[str]) -> tuple[bytes, int, tuple[bytes, ...]]:
    match lines:
        case [first, extra, index, *hashes] if first == _FORMAT:
            if len(hashes) > MOST_HASHES:
                raise LimitError("a proof has too many hashes")
            leaf = unbase64(_after("extra ", extra))
            proof = tuple(unbase64(text, 32) for text in hashes)
            return leaf, number(_after("index ", index)), proof
        case _:
            raise ShapeError(f"a receipt begins with {_FORMAT}, extra and index")


def parse_receipt(data: bytes) -> Receipt:
    """Read a receipt; nothing in it is checked or trusted yet.

    The line `extra` is optional in C2SP and required here: it carries the leaf (1.10).

    Raises:
        ProofError: not a receipt, or not in its one spelling.
    """
    head, blank_line, checkpoint = data.partition(b"\n\n")
    try:
        lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise ShapeError("the proof of a receipt is not ASCII") from None
    leaf, index, proof = _head(lines)
    if not blank_line or len(leaf) > LARGEST_LEAF:
        raise ShapeError("a receipt without a checkpoint, or with a leaf over 4 KiB")
    return Receipt(leaf, index, proof, checkpoint)


def check_receipt(
    receipt: Receipt, log: VerifierKey, witnesses: Sequence[VerifierKey] = (), *, quorum: int = 0
) -> CheckedCheckpoint:
    """Check that the leaf of a receipt is in the log of this key.

    Raises:
        MismatchError: the leaf is not in that tree, or signatures are missing or wrong.
        ProofError: leaf or checkpoint are not of their form.
    """
    parse_leaf(receipt.leaf)
    checked = check_checkpoint(receipt.checkpoint, log, witnesses, quorum=quorum)
    head = checked.checkpoint
    check_inclusion(leaf_hash(receipt.leaf), receipt.index, head.size, receipt.proof, head.root)
    return checked
