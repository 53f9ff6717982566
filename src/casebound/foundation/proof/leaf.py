"""Leaf data (LD): the lines of the log, one small class for each type (ledger 1.7).

A leaf is kept for ever and holds no personal data, no user id and no stable pseudonym. The program
that appends takes the later of two times, so that `at` is never earlier than in the leaf before.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from casebound.foundation.proof.canonical import Json, canonical, parse_canonical
from casebound.foundation.proof.errors import LimitError, ShapeError
from casebound.foundation.proof.keys import parse_vkey
from casebound.foundation.proof.shapes import a_count, a_list, a_text, an_object
from casebound.foundation.proof.spelling import origin_name, token, unhex, utc_second

LARGEST_LEAF = 4096  # 1.7, bytes

Ranges: TypeAlias = tuple[tuple[int, int], ...]  # [first, last], both included, ascending, apart


@dataclass(frozen=True, slots=True)
class GenesisLeaf:
    """Leaf 0: the origin and the first key of the log."""

    at: str
    log: str
    vkey: str


@dataclass(frozen=True, slots=True)
class EntryLeaf:
    """A sealed entry: its root, sign digest, page marks and the digest of the stored bytes."""

    at: str
    root: bytes
    sign_digest: bytes
    marks: tuple[bytes, ...]
    stored: bytes


@dataclass(frozen=True, slots=True)
class RecryptLeaf:
    """The entry of leaf `of` was encrypted again; `stored` is the digest of its new bytes."""

    at: str
    of: int
    stored: bytes


@dataclass(frozen=True, slots=True)
class AnchorLeaf:
    """Evidence from outside was obtained for the log at this size and root."""

    at: str
    size: int
    root: bytes
    kind: str
    evidence: bytes


@dataclass(frozen=True, slots=True)
class DisclosureLeaf:
    """A copy was given out; the SHA-256 of the bundle file."""

    at: str
    bundle: bytes


@dataclass(frozen=True, slots=True)
class DisposalLeaf:
    """These leaves' content will be destroyed under a rule; `by` the roots of the approvals."""

    at: str
    rule: str
    leaves: Ranges
    by: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class DisposalDoneLeaf:
    """The disposal of leaf `of` is complete; the master-key epoch that was destroyed."""

    at: str
    of: int
    epoch: int


@dataclass(frozen=True, slots=True)
class KeyLeaf:
    """Keys of the log or its witnesses come and go, as vkeys."""

    at: str
    add: tuple[str, ...]
    drop: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class RestoreLeaf:
    """A restore lost content: the sizes there had been and are, and the leaves lost."""

    at: str
    had: int
    have: int
    lost: Ranges


@dataclass(frozen=True, slots=True)
class ClockLeaf:
    """Somebody put the clock right: from leaf `first` on, the times had not come; it was `true`."""

    at: str
    first: int
    true: str


Leaf: TypeAlias = (
    GenesisLeaf
    | EntryLeaf
    | RecryptLeaf
    | AnchorLeaf
    | DisclosureLeaf
    | DisposalLeaf
    | DisposalDoneLeaf
    | KeyLeaf
    | RestoreLeaf
    | ClockLeaf
)


def _hash(value: Json) -> bytes:
    return unhex(a_text(value))


def _hashes(value: Json) -> tuple[bytes, ...]:
    hashes = tuple(_hash(text) for text in a_list(value))
    if not hashes:
        raise ShapeError("an empty list of hashes in a leaf")
    return hashes


def _ranges(value: Json) -> Ranges:
    ranges = []
    next_free = 0
    for pair in a_list(value):
        first, last = (a_count(number) for number in _pair(pair))
        if not next_free <= first <= last:
            raise ShapeError("ranges of leaves are not ascending and apart")
        next_free = last + 1
        ranges.append((first, last))
    if not ranges:
        raise ShapeError("an empty list of ranges in a leaf")
    return tuple(ranges)


def _pair(value: Json) -> tuple[Json, Json]:
    match a_list(value):
        case [first, last]:
            return first, last
        case _:
            raise ShapeError("a range of leaves is [first, last]")


def _vkey(value: Json) -> str:
    return parse_vkey(a_text(value)).vkey


def _vkeys(value: Json) -> tuple[str, ...]:
    return tuple(_vkey(key) for key in a_list(value))


def _origin(value: Json) -> str:
    return origin_name(a_text(value))


def _token(value: Json) -> str:
    return token(a_text(value))


def _reason(value: Json) -> str:
    reason = a_text(value)
    if reason not in {"rotate", "lost", "compromised"}:  # 1.7, `why`
        raise ShapeError("the reason of a key leaf is rotate, lost or compromised")
    return reason


def _second(value: Json) -> str:
    return utc_second(a_text(value))


_Read: TypeAlias = Callable[[Json], object]

# For each type: its class, and its fields beside v, t and at as (name in the leaf, attribute,
# how to read it). Written from the same table, so that the two cannot come apart.
_FORMS: dict[str, tuple[type[Leaf], tuple[tuple[str, str, _Read], ...]]] = {
    "genesis": (GenesisLeaf, (("log", "log", _origin), ("vkey", "vkey", _vkey))),
    "entry": (
        EntryLeaf,
        (
            ("e", "root", _hash),
            ("s", "sign_digest", _hash),
            ("d", "marks", _hashes),
            ("b", "stored", _hash),
        ),
    ),
    "recrypt": (RecryptLeaf, (("of", "of", a_count), ("b", "stored", _hash))),
    "anchor": (
        AnchorLeaf,
        (
            ("size", "size", a_count),
            ("root", "root", _hash),
            ("kind", "kind", _token),
            ("h", "evidence", _hash),
        ),
    ),
    "disclosure": (DisclosureLeaf, (("h", "bundle", _hash),)),
    "disposal": (
        DisposalLeaf,
        (("rule", "rule", _token), ("leaves", "leaves", _ranges), ("by", "by", _hashes)),
    ),
    "disposal-done": (DisposalDoneLeaf, (("of", "of", a_count), ("epoch", "epoch", a_count))),
    "key": (KeyLeaf, (("add", "add", _vkeys), ("drop", "drop", _vkeys), ("why", "why", _reason))),
    "restore": (
        RestoreLeaf,
        (("had", "had", a_count), ("have", "have", a_count), ("lost", "lost", _ranges)),
    ),
    "clock": (ClockLeaf, (("from", "first", a_count), ("to", "true", _second))),
}
_TYPES = {form: name for name, (form, _) in _FORMS.items()}


def _plain(value: object) -> object:
    match value:
        case bytes():
            return value.hex()
        case tuple():
            return [_plain(member) for member in value]
        case _:
            return value


def leaf_data(leaf: Leaf) -> bytes:
    """Write a leaf as CJ, at most 4 KiB (1.7). What is written reads back as the same leaf.

    Raises:
        LimitError: more than 4 KiB. A disposal of scattered leaves then needs several leaves.
        ProofError: a value is not of its form.
    """
    kind = _TYPES[type(leaf)]
    fields = {name: _plain(getattr(leaf, attribute)) for name, attribute, _ in _FORMS[kind][1]}
    data = canonical({"at": leaf.at, "t": kind, "v": 1, **fields})
    if parse_leaf(data) != leaf:
        raise ShapeError("a value of the leaf is not of its type")
    return data


def entry_leaf_data(leaf: EntryLeaf) -> bytes:
    """Write an entry's leaf: the same bytes as `leaf_data`, in a fifth of its time.

    For the sequencer, which makes every value itself: hashes, and a time from `utc_text`.

    Raises:
        LimitError: more than 4 KiB, which is more books than an entry can be in.
    """
    marks = '","'.join([mark.hex() for mark in leaf.marks])
    data = (
        f'{{"at":"{leaf.at}","b":"{leaf.stored.hex()}","d":["{marks}"],"e":"{leaf.root.hex()}",'
        f'"s":"{leaf.sign_digest.hex()}","t":"entry","v":1}}'
    ).encode()
    if len(data) > LARGEST_LEAF:
        raise LimitError(f"a leaf has more than {LARGEST_LEAF} bytes")
    return data


def parse_leaf(data: bytes) -> Leaf:
    """Read leaf data strictly: known type, exactly its fields, one spelling of each.

    Raises:
        LimitError: more than 4 KiB.
        ProofError: it is not a leaf of version 1 that exists now (`reseal` and `carry` do not).
    """
    if len(data) > LARGEST_LEAF:
        raise LimitError(f"a leaf has more than {LARGEST_LEAF} bytes")
    value = an_object(parse_canonical(data))
    kind = value.get("t")
    if not isinstance(kind, str) or kind not in _FORMS:
        raise ShapeError("a leaf of unknown type")
    form, readers = _FORMS[kind]
    fields = an_object(value, "at", "t", "v", *(name for name, _, _ in readers))
    if type(fields["v"]) is not int or fields["v"] != 1:
        raise ShapeError("a leaf of another version")
    # Any: each class takes what its own readers give, which the table above pairs by hand.
    values: dict[str, Any] = {attribute: read(fields[name]) for name, attribute, read in readers}
    return form(at=utc_second(a_text(fields["at"])), **values)
