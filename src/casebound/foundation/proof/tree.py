"""The Merkle tree of RFC 6962: hashes, the compact range, proofs and their checks (ledger 1.8).

A proof is built from hashes of perfect subtrees only: `fetch(level, index)` gives the hash of
leaves `index * 2^level` up to `(index + 1) * 2^level`, level 0 being the leaf hashes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TypeAlias

from casebound.foundation.proof.errors import MismatchError

Fetch: TypeAlias = Callable[[int, int], bytes]

EMPTY_ROOT = sha256().digest()  # RFC 6962 2.1: the hash of an empty list


def leaf_hash(data: bytes) -> bytes:
    """Hash leaf data (RFC 6962 2.1)."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two neighbours into the node above them (RFC 6962 2.1)."""
    return sha256(b"\x01" + left + right).digest()


def _fold(peaks: Sequence[bytes]) -> bytes:
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = node_hash(peak, root)
    return root


@dataclass(slots=True)
class CompactRange:
    """The right edge of a growing tree: all that is needed to append and to know the root.

    Attributes:
        size: leaves so far.
        peaks: hashes of the perfect subtrees, largest first, one for each 1 bit of the size.
    """

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        if len(self.peaks) != self.size.bit_count():
            raise MismatchError("the peaks do not belong to this size")

    def append(self, new: bytes) -> list[tuple[int, int, bytes]]:
        """Append a leaf hash; return the nodes it completes, as (level, index, hash).

        Levels are 1 and up, lowest first; on average one node, at most log2 of the size.
        """
        level, index, completed = 0, self.size, []
        while index & 1:
            new = node_hash(self.peaks.pop(), new)
            level, index = level + 1, index >> 1
            completed.append((level, index, new))
        self.peaks.append(new)
        self.size += 1
        return completed

    def root(self) -> bytes:
        """Return the root of the tree as it is now."""
        return _fold(self.peaks) if self.peaks else EMPTY_ROOT


def _split(size: int) -> int:
    """Return the largest power of two smaller than `size`, from 2 (RFC 6962 2.1)."""
    return 1 << (size - 1).bit_length() - 1


def _subtree(first: int, size: int, fetch: Fetch) -> bytes:
    """Return the root of `size` leaves from `first`, which RFC 6962 splits on perfect subtrees."""
    peaks = []
    while size:
        level = size.bit_length() - 1
        peaks.append(fetch(level, first >> level))
        first, size = first + (1 << level), size - (1 << level)
    return _fold(peaks)


def inclusion_proof(index: int, size: int, fetch: Fetch) -> list[bytes]:
    """Prove that leaf `index` is in the tree of `size` leaves: hashes from the leaf up.

    RFC 6962 2.1.1. Fetches at most about twice log2 of the size.

    Raises:
        ValueError: there is no such leaf in that tree.
    """
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    proof, first = [], 0
    while size > 1:
        left = _split(size)
        if index - first < left:
            proof.append(_subtree(first + left, size - left, fetch))
            size = left
        else:
            proof.append(_subtree(first, left, fetch))
            first, size = first + left, size - left
    return proof[::-1]


def consistency_proof(first: int, second: int, fetch: Fetch) -> list[bytes]:
    """Prove that the tree of `second` leaves begins with the tree of `first`.

    RFC 6962 2.1.2. Every tree begins with the empty one and with itself: an empty proof.

    Raises:
        ValueError: `first` is larger than `second`, or negative.
    """
    if not 0 <= first <= second:
        raise ValueError(f"a tree of {second} cannot begin with one of {first}")
    if first == 0:
        return []
    proof, begin, size, whole = [], 0, second, True
    while first - begin < size:
        left = _split(size)
        if first - begin <= left:
            proof.append(_subtree(begin + left, size - left, fetch))
            size = left
        else:
            proof.append(_subtree(begin, left, fetch))
            begin, size, whole = begin + left, size - left, False
    if not whole:  # RFC 6962: the checker does not have this subtree's hash from the first root
        proof.append(_subtree(begin, size, fetch))
    return proof[::-1]


def check_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Check that the leaf with this hash is leaf `index` of the tree with this size and root.

    RFC 9162 2.1.3.2, which describes the check for the same trees.

    Raises:
        MismatchError: it is not, or the proof has too few or too many hashes.
    """
    if not 0 <= index < size:
        raise MismatchError("no such leaf in a tree of this size")
    node, last, result = index, size - 1, leaf
    for hash_ in proof:
        if last == 0:
            raise MismatchError("the inclusion proof is too long")
        if node & 1 or node == last:
            result = node_hash(hash_, result)
            while not node & 1:  # a right edge without a sibling moves up unhashed
                node, last = node >> 1, last >> 1
        else:
            result = node_hash(result, hash_)
        node, last = node >> 1, last >> 1
    if last != 0 or result != root:
        raise MismatchError("the leaf is not in the tree of this root")


def check_consistency(
    first: int, first_root: bytes, second: int, second_root: bytes, proof: Sequence[bytes]
) -> None:
    """Check that the second tree begins with the first.

    RFC 9162 2.1.4.2. The empty tree has the root of an empty list, and an empty proof.

    Raises:
        MismatchError: it does not, or the proof has too few or too many hashes.
    """
    if not 0 <= first <= second:
        raise MismatchError("the second tree is smaller than the first")
    if first in {0, second}:
        expected = EMPTY_ROOT if first == 0 else second_root
        if proof or first_root != expected or (second == 0 and second_root != EMPTY_ROOT):
            raise MismatchError("the trees are not consistent")
        return
    # A first tree that is itself a perfect subtree is its own starting hash.
    path = [first_root, *proof] if first & (first - 1) == 0 else list(proof)
    if _walk(path, first, second) != (first_root, second_root):
        raise MismatchError("the trees are not consistent")


def _walk(path: Sequence[bytes], first: int, second: int) -> tuple[bytes, bytes] | None:
    """Recompute both roots from a consistency path; nothing if its length is wrong."""
    node, last = first - 1, second - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    if not path:
        return None
    old = new = path[0]
    for hash_ in path[1:]:
        if last == 0:
            return None
        if node & 1 or node == last:
            old, new = node_hash(hash_, old), node_hash(hash_, new)
            while not node & 1:
                node, last = node >> 1, last >> 1
        else:
            new = node_hash(new, hash_)
        node, last = node >> 1, last >> 1
    return (old, new) if last == 0 else None
