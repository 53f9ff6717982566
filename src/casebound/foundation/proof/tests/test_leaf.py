import json
from typing import Any

import pytest

from casebound.foundation.proof import leaf as leaves
from casebound.foundation.proof.errors import LimitError, ProofError, SpellingError
from casebound.foundation.proof.keys import parse_vkey
from casebound.foundation.proof.leaf import Leaf, leaf_data, parse_leaf
from casebound.foundation.proof.spelling import number, unbase64
from casebound.foundation.proof.tests import build

AT = "2026-03-01T21:02:14Z"
ONE, TWO = b"\x01" * 32, b"\x02" * 32
VKEY = build.LOG_VERIFIER.vkey
EVERY_TYPE: list[Leaf] = [
    leaves.GenesisLeaf(AT, build.ORIGIN, VKEY),
    leaves.EntryLeaf(AT, ONE, TWO, (ONE, TWO), ONE),
    leaves.RecryptLeaf(AT, 1, ONE),
    leaves.AnchorLeaf(AT, 2, ONE, "rfc3161", TWO),
    leaves.DisclosureLeaf(AT, ONE),
    leaves.DisposalLeaf(AT, "child-75-years", ((1, 4), (6, 6)), (ONE, TWO)),
    leaves.DisposalDoneLeaf(AT, 9, 1),
    leaves.KeyLeaf(AT, (VKEY,), (), "rotate"),
    leaves.RestoreLeaf(AT, 12, 10, ((10, 11),)),
    leaves.ClockLeaf(AT, 12, "2025-03-01T21:02:14Z"),
]


@pytest.mark.parametrize("leaf", EVERY_TYPE, ids=lambda leaf: type(leaf).__name__)
def test_every_type_of_leaf_reads_back_as_written(leaf: Leaf) -> None:
    assert parse_leaf(leaf_data(leaf)) == leaf


@pytest.mark.parametrize("leaf", EVERY_TYPE, ids=lambda leaf: type(leaf).__name__)
def test_a_leaf_with_a_missing_further_or_other_field_is_refused(leaf: Leaf) -> None:
    value = json.loads(leaf_data(leaf))
    wrong: list[dict[str, Any]] = [{**value, "zz": 1}]
    wrong += [{k: v for k, v in value.items() if k != key} for key in value]
    others: list[Any] = [None, -1, True, "\n", [[]]]
    wrong += [{**value, key: other} for key in value for other in others]
    for changed in wrong:
        data = json.dumps(changed, sort_keys=True, separators=(",", ":")).encode()
        with pytest.raises(ProofError):
            parse_leaf(data)


@pytest.mark.parametrize(
    "leaf",
    [
        leaves.EntryLeaf(AT, ONE, TWO, (), ONE),
        leaves.EntryLeaf(AT, ONE[:31], TWO, (ONE,), ONE),
        leaves.EntryLeaf("2026-02-30T00:00:00Z", ONE, TWO, (ONE,), ONE),
        leaves.EntryLeaf("2026-03-01T21:02:14+00:00", ONE, TWO, (ONE,), ONE),
        leaves.DisposalLeaf(AT, "For Jay", ((1, 4),), (ONE,)),
        leaves.DisposalLeaf(AT, "transfer", (), (ONE,)),
        leaves.DisposalLeaf(AT, "transfer", ((4, 1),), (ONE,)),
        leaves.DisposalLeaf(AT, "transfer", ((1, 4), (4, 5)), (ONE,)),
        leaves.DisposalLeaf(AT, "transfer", ((1, 4, 5),), (ONE,)),  # type: ignore[arg-type]  # wrong on purpose
        leaves.DisposalLeaf(AT, "transfer", ((1, 4),), ()),
        leaves.KeyLeaf(AT, (), (), "bored"),
        leaves.GenesisLeaf(AT, "example.org", VKEY),
        leaves.DisclosureLeaf(AT, ONE.hex()),  # type: ignore[arg-type]  # wrong on purpose
    ],
    ids=range(13),
)
def test_a_leaf_that_would_not_read_back_is_not_written(leaf: Leaf) -> None:
    with pytest.raises(ProofError):
        leaf_data(leaf)


def test_a_leaf_has_at_most_4096_bytes() -> None:
    fits = leaves.EntryLeaf(AT, ONE, TWO, (ONE,) * 57, ONE)
    assert len(leaf_data(fits)) <= leaves.LARGEST_LEAF
    with pytest.raises(LimitError):
        leaf_data(leaves.EntryLeaf(AT, ONE, TWO, (ONE,) * 58, ONE))


@pytest.mark.parametrize(
    "vkey",
    [
        VKEY[:-1],
        VKEY.replace("5617e47c", "5617E47C"),
        VKEY.replace("5617e47c", "5617e47d"),
        VKEY.replace("AQOh", "BgOh"),
        "name",
        "a b+5617e47c+" + VKEY.rpartition("+")[2],
    ],
)
def test_a_vkey_that_is_not_one_is_refused(vkey: str) -> None:
    with pytest.raises(SpellingError):
        parse_vkey(vkey)


@pytest.mark.parametrize("text", ["QQ", "QQ=", "QR==", "QQ==\n", " QQ==", "Q-8=", "\u00eb"])
def test_base64_in_another_spelling_is_refused(text: str) -> None:
    with pytest.raises(SpellingError):
        unbase64(text)
    with pytest.raises(SpellingError):
        unbase64("QQ==", 2)


@pytest.mark.parametrize("text", ["", "01", "-1", "+1", "1 ", "\u0661", "1" * 20])
def test_a_number_in_another_spelling_is_refused(text: str) -> None:
    with pytest.raises(SpellingError):
        number(text)
