"""Builders: the small home of the worked example, its key, its log, and entries for it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casebound.foundation.proof.bundles import (
    EntryCopy,
    OpenWhole,
    PageOpening,
    Treatment,
    build_bundle,
)
from casebound.foundation.proof.commitments import Data, EntrySecret, Part, Text, page_mark
from casebound.foundation.proof.entry import OpenedEntry, SealedBytes, open_body, seal_bytes
from casebound.foundation.proof.keys import LOG, WITNESS, verifier_key
from casebound.foundation.proof.leaf import EntryLeaf, GenesisLeaf, leaf_data
from casebound.foundation.proof.notes import Checkpoint, add_signatures, cosign, sign_checkpoint
from casebound.foundation.proof.statements import attest
from casebound.foundation.proof.tree import CompactRange, inclusion_proof, leaf_hash

ORIGIN = "records.example.org.uk/oak-house/1"
ENTRY_ID = "0123456789abcdef0123456789abcdef"
SECRET = EntrySecret(bytes(range(0x40, 0x60)))
TAG = bytes(range(0x80, 0xA0))
LOG_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
LOG_VERIFIER = verifier_key(ORIGIN, LOG, LOG_KEY)
COUNTY_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32, 64)))
COUNTY = verifier_key("county.example.org.uk/w1", WITNESS, COUNTY_KEY)
COSIGNED_AT = 1_772_398_980  # 1 March 2026 21:03 UTC
PARTS: tuple[Part, ...] = (
    Data({"n": "author"}, {"id": "u17", "name": "A. Worker", "role": "residential worker"}),
    Data({"n": "occurred"}, "2026-03-01T20:15:00Z"),
    Data(m={"n": "late"}, j=False),
    Text(
        {"k": "fact", "n": "s1", "src": "first-hand"},
        "Jay came home at 8pm with Sam.\nHe was calm.",
    ),
)


def vectors(name: str) -> Any:  # Any: JSON of many shapes, compared value by value
    return json.loads((Path(__file__).parent / "vectors" / f"{name}.json").read_text("utf-8"))


def sealed(parts: Sequence[Part] = PARTS, blobs: Sequence[bytes] = ()) -> SealedBytes:
    return seal_bytes(
        origin=ORIGIN,
        entry_id=ENTRY_ID,
        secret=SECRET,
        parts=parts,
        statement_of_signing=attest(
            at="2026-03-01T21:02:13Z", auth="password+totp", origin=ORIGIN, user="u17"
        ),
        blobs=[sha256(blob).digest() for blob in blobs],
        nonce=b"\x01" * 12,
    )


def opened(entry: SealedBytes) -> OpenedEntry:
    return open_body(origin=ORIGIN, entry_id=ENTRY_ID, secret=SECRET, body=entry.body)


def entry_leaf(entry: SealedBytes) -> EntryLeaf:
    mark = page_mark(TAG, 1, entry.root)
    at = "2026-03-01T21:02:14Z"
    return EntryLeaf(at, entry.root, entry.sign_digest, (mark,), entry.stored)


@dataclass
class SmallLog:
    """A log in memory, which keeps only what the tables keep."""

    leaves: list[bytes] = field(default_factory=list)
    hashes: dict[tuple[int, int], bytes] = field(default_factory=dict)
    edge: CompactRange = field(default_factory=CompactRange)

    def append(self, data: bytes) -> None:
        self.hashes[0, len(self.leaves)] = leaf_hash(data)
        for level, index, node in self.edge.append(leaf_hash(data)):
            self.hashes[level, index] = node
        self.leaves.append(data)

    def fetch(self, level: int, index: int) -> bytes:
        return self.hashes[level, index]

    def checkpoint(self, *, cosigned: bool = False) -> bytes:
        note = sign_checkpoint(Checkpoint(ORIGIN, self.edge.size, self.edge.root()), LOG_KEY)
        if cosigned:
            line = cosign(note.text, name=COUNTY.name, signing_key=COUNTY_KEY, time=COSIGNED_AT)
            note = add_signatures(note, [line])
        return note.data

    def proof(self, index: int) -> tuple[bytes, ...]:
        return tuple(inclusion_proof(index, self.edge.size, self.fetch))


def log_with(*entries: SealedBytes) -> SmallLog:
    log = SmallLog()
    log.append(leaf_data(GenesisLeaf("2026-03-01T00:00:00Z", ORIGIN, LOG_VERIFIER.vkey)))
    for entry in entries:
        log.append(leaf_data(entry_leaf(entry)))
    return log


def copy_of(
    entry: SealedBytes, log: SmallLog, treatments: Sequence[Treatment] | None = None
) -> EntryCopy:
    whole = opened(entry)
    return EntryCopy(
        index=1,
        leaf=log.leaves[1],
        proof=log.proof(1),
        secret=SECRET,
        opened=whole,
        treatments=tuple(treatments or [OpenWhole()] * len(whole.parts)),
        show_signing=True,
        page=PageOpening(TAG, 1),
    )


def bundle(treatments: Sequence[Treatment] | None = None, parts: Sequence[Part] = PARTS) -> bytes:
    entry = sealed(parts)
    log = log_with(entry)
    copies = [copy_of(entry, log, treatments)]
    return build_bundle(checkpoint=log.checkpoint(), entries=copies, book_pages=1)
