from hashlib import sha256
from typing import TypedDict

import pytest

from casebound.foundation.proof.canonical import canonical
from casebound.foundation.proof.commitments import (
    EntrySecret,
    commit_parts,
    page_mark,
    split_words,
    word_commitments,
    word_salts,
)
from casebound.foundation.proof.encryption import (
    decrypt_body,
    unwrap_book_key,
    unwrap_secret,
    wrap_book_key,
    wrap_secret,
)
from casebound.foundation.proof.leaf import parse_leaf
from casebound.foundation.proof.notes import check_checkpoint
from casebound.foundation.proof.spelling import to_base64
from casebound.foundation.proof.tests import build
from casebound.foundation.proof.tree import leaf_hash


class Place(TypedDict):
    origin: str
    book_id: str


GIVEN = build.vectors("worked_example")
TEXT = b"Jay came home at 8pm with Sam.\nHe was calm."


def test_the_key_has_the_text_form_of_the_worked_example() -> None:
    assert build.LOG_VERIFIER.vkey == GIVEN["vkey"]


def test_the_secrets_and_salts_are_those_of_the_worked_example() -> None:
    part_secrets = {i: build.SECRET.part_secret(int(i)).hex() for i in GIVEN["part_secrets"]}
    assert part_secrets == GIVEN["part_secrets"]
    assert build.SECRET.meta_salt(3).hex() == GIVEN["meta_salt_3"]
    assert build.SECRET.word_salt(3, 0).hex() == GIVEN["word_salt_3_0"]
    assert word_salts(build.SECRET.part_secret(3), 1)[0].hex() == GIVEN["word_salt_3_0"]


def test_the_commitments_are_those_of_the_worked_example() -> None:
    words = word_commitments(build.SECRET.part_secret(3), split_words(TEXT))
    assert len(words) == GIVEN["word_count_3"]
    assert {j: words[int(j)].hex() for j in GIVEN["words_3"]} == GIVEN["words_3"]
    assert [c.hex() for c in commit_parts(build.SECRET, build.PARTS)] == GIVEN["commitments"]


@pytest.mark.policy("P58")
def test_the_entry_is_sealed_to_the_bytes_of_the_worked_example() -> None:
    entry = build.sealed()
    opened = build.opened(entry)
    body = decrypt_body(build.SECRET, entry.body, origin=build.ORIGIN, entry_id=build.ENTRY_ID)
    assert opened.head.decode() == GIVEN["head"]
    assert entry.root.hex() == GIVEN["root_of_entry"]
    assert canonical(opened.sign).decode() == GIVEN["statement"]
    assert entry.sign_digest.hex() == GIVEN["sign_digest"]
    assert (len(body), sha256(body).hexdigest()) == (GIVEN["body_size"], GIVEN["body"])
    assert sha256(entry.body).hexdigest() == GIVEN["locked_body"]
    assert entry.stored.hex() == GIVEN["stored"]
    assert page_mark(build.TAG, 1, entry.root).hex() == GIVEN["mark"]


@pytest.mark.policy("P58", "P65")
def test_the_log_is_that_of_the_worked_example() -> None:
    log = build.log_with(build.sealed())
    assert [leaf.decode() for leaf in log.leaves] == [GIVEN["leaf_0_data"], GIVEN["leaf_1_data"]]
    assert len(log.leaves[1]) == GIVEN["leaf_1_size"]
    assert [leaf_hash(leaf).hex() for leaf in log.leaves] == [GIVEN["leaf_0"], GIVEN["leaf_1"]]
    assert log.edge.root().hex() == GIVEN["root"]
    assert [to_base64(digest) for digest in log.proof(1)] == GIVEN["proof"]
    assert log.checkpoint().decode() == GIVEN["checkpoint"]
    head = check_checkpoint(GIVEN["checkpoint"].encode(), build.LOG_VERIFIER).checkpoint
    assert (head.size, head.root.hex()) == (2, GIVEN["root"])
    assert parse_leaf(log.leaves[1]) == build.entry_leaf(build.sealed())


def test_the_wraps_are_those_of_the_worked_example() -> None:
    place: Place = {"origin": build.ORIGIN, "book_id": "d1"}
    book_key, epoch_key = b"\xd0" * 32, b"\xee" * 32
    wrap = wrap_secret(build.SECRET, book_key, entry_id=build.ENTRY_ID, nonce=b"\x02" * 12, **place)
    row = wrap_book_key(book_key, epoch_key, epoch=1, nonce=b"\x03" * 12, **place)
    assert wrap.hex() == GIVEN["wrap"]
    assert row.hex() == GIVEN["keyring_row"]
    secret = unwrap_secret(wrap, book_key, entry_id=build.ENTRY_ID, **place)
    assert secret == EntrySecret(bytes(range(0x40, 0x60)))
    assert unwrap_book_key(row, epoch_key, epoch=1, **place) == book_key
