from hashlib import sha256

import pytest

from casebound.foundation.proof.errors import MismatchError
from casebound.foundation.proof.tests import build
from casebound.foundation.proof.tree import (
    EMPTY_ROOT,
    CompactRange,
    check_consistency,
    check_inclusion,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
)

LARGEST = 130
LEAVES = [n.to_bytes(2, "big") for n in range(LARGEST)]
OTHER = b"\xff" * 32
_roots: dict[tuple[int, int], bytes] = {}


def log(size: int) -> build.SmallLog:
    made = build.SmallLog()
    for leaf in LEAVES[:size]:
        made.append(leaf)
    return made


WHOLE = log(LARGEST)


def largest_power_below(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def naive_root(begin: int, end: int) -> bytes:
    """RFC 6962 2.1, word for word."""
    if (begin, end) not in _roots:
        if end - begin == 1:
            made = sha256(b"\0" + LEAVES[begin]).digest()
        else:
            k = begin + largest_power_below(end - begin)
            made = sha256(b"\1" + naive_root(begin, k) + naive_root(k, end)).digest()
        _roots[begin, end] = made
    return _roots[begin, end]


def naive_path(m: int, begin: int, end: int) -> list[bytes]:
    """RFC 6962 2.1.1, word for word."""
    if end - begin == 1:
        return []
    k = largest_power_below(end - begin)
    if m < k:
        return [*naive_path(m, begin, begin + k), naive_root(begin + k, end)]
    return [*naive_path(m - k, begin + k, end), naive_root(begin, begin + k)]


def naive_subproof(m: int, begin: int, end: int, *, whole: bool) -> list[bytes]:
    """RFC 6962 2.1.2, word for word."""
    if m == end - begin:
        return [] if whole else [naive_root(begin, end)]
    k = largest_power_below(end - begin)
    if m <= k:
        return [*naive_subproof(m, begin, begin + k, whole=whole), naive_root(begin + k, end)]
    return [*naive_subproof(m - k, begin + k, end, whole=False), naive_root(begin, begin + k)]


def test_every_inclusion_proof_equals_the_recursion_and_verifies() -> None:
    for size in range(1, LARGEST + 1):
        root = naive_root(0, size)
        for index in range(size):
            proof = inclusion_proof(index, size, WHOLE.fetch)
            assert proof == naive_path(index, 0, size)
            check_inclusion(leaf_hash(LEAVES[index]), index, size, proof, root)


def test_every_consistency_proof_equals_the_recursion_and_verifies() -> None:
    for second in range(1, LARGEST + 1):
        for first in range(1, second + 1):
            proof = consistency_proof(first, second, WHOLE.fetch)
            assert proof == naive_subproof(first, 0, second, whole=True)
            check_consistency(first, naive_root(0, first), second, naive_root(0, second), proof)


def test_the_compact_range_has_the_root_of_every_size_and_goes_on_from_its_peaks() -> None:
    edge = CompactRange()
    assert edge.root() == EMPTY_ROOT == sha256(b"").digest()
    for size, leaf in enumerate(LEAVES, start=1):
        edge = CompactRange(edge.size, list(edge.peaks))
        edge.append(leaf_hash(leaf))
        assert edge.root() == naive_root(0, size)


def test_the_nodes_completed_are_every_perfect_subtree_once() -> None:
    for (level, index), node in WHOLE.hashes.items():
        assert node == naive_root(index << level, (index + 1) << level)
    assert len(WHOLE.hashes) == sum(LARGEST >> level for level in range(8))


def test_peaks_that_do_not_belong_to_the_size_are_refused() -> None:
    with pytest.raises(MismatchError):
        CompactRange(3, [OTHER])


@pytest.mark.policy("P58")
@pytest.mark.parametrize("size", [1, 2, 7, 8, 13])
def test_a_changed_moved_cut_or_lengthened_inclusion_proof_is_refused(size: int) -> None:
    root = naive_root(0, size)
    for index in range(size):
        leaf, proof = leaf_hash(LEAVES[index]), inclusion_proof(index, size, WHOLE.fetch)
        wrong = [(OTHER, index, proof), (leaf, index, [*proof, OTHER]), (leaf, size, proof)]
        wrong += [(leaf, index, proof[:-1]), (leaf, index, proof[1:])] if proof else []
        wrong += [(leaf, n, proof) for n in range(-1, size) if n != index]
        wrong += [(leaf, index, [*proof[:n], OTHER, *proof[n + 1 :]]) for n in range(len(proof))]
        for changed, place, path in wrong:
            with pytest.raises(MismatchError):
                check_inclusion(changed, place, size, path, root)


@pytest.mark.policy("P58")
@pytest.mark.parametrize(("first", "second"), [(1, 2), (3, 7), (4, 7), (6, 8), (8, 13), (5, 5)])
def test_a_fork_or_a_changed_consistency_proof_is_refused(first: int, second: int) -> None:
    old, new = naive_root(0, first), naive_root(0, second)
    proof = consistency_proof(first, second, WHOLE.fetch)
    wrong = [(OTHER, new, proof), (old, OTHER, proof), (old, new, [*proof, OTHER])]
    wrong += [(old, new, proof[:-1]), (old, new, proof[1:]), (old, new, [])] if proof else []
    wrong += [(old, new, [*proof[:n], OTHER, *proof[n + 1 :]]) for n in range(len(proof))]
    for before, after, path in wrong:
        with pytest.raises(MismatchError):
            check_consistency(first, before, second, after, path)


def test_every_tree_begins_with_the_empty_one() -> None:
    assert consistency_proof(0, 5, WHOLE.fetch) == []
    check_consistency(0, EMPTY_ROOT, 5, naive_root(0, 5), [])
    check_consistency(0, EMPTY_ROOT, 0, EMPTY_ROOT, [])
    with pytest.raises(MismatchError):
        check_consistency(0, EMPTY_ROOT, 0, OTHER, [])
    with pytest.raises(MismatchError):
        check_consistency(0, OTHER, 5, naive_root(0, 5), [])


def test_what_is_not_in_the_tree_has_no_proof() -> None:
    with pytest.raises(ValueError, match="no leaf 5"):
        inclusion_proof(5, 5, WHOLE.fetch)
    with pytest.raises(ValueError, match="cannot begin"):
        consistency_proof(6, 5, WHOLE.fetch)
    with pytest.raises(MismatchError, match="smaller"):
        check_consistency(6, OTHER, 5, OTHER, [])
