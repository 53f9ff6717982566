import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebound.foundation.proof.commitments import (
    Data,
    EntrySecret,
    Part,
    Text,
    commit_part,
    commit_parts,
    head_bytes,
    page_mark,
    split_words,
    stored_digest,
    word_commitment,
    word_commitments,
    word_salts,
)
from casebound.foundation.proof.errors import LimitError, ProofError, ShapeError, SpellingError
from casebound.foundation.proof.tests import build

SECRETS = st.binary(min_size=32, max_size=32)


@given(st.binary() | st.text(alphabet="a \n\u00eb").map(str.encode))
def test_joined_words_are_the_text_and_split_only_after_spaces_and_line_breaks(text: bytes) -> None:
    words = split_words(text)
    assert b"".join(words) == text
    assert all(word and not {0x20, 0x0A} & set(word[:-1]) for word in words)
    assert all(word[-1] in b" \n" for word in words[:-1])


@given(SECRETS, st.integers(0, 30))
def test_word_salts_are_hmac_and_no_word_takes_part_in_another(secret: bytes, count: int) -> None:
    expected = [hmac.digest(secret, b"word" + j.to_bytes(4, "big"), "sha256") for j in range(count)]
    assert word_salts(secret, count) == expected
    words = [b"Jay "] * count
    salted = [word_commitment(salt, b"Jay ") for salt in expected]
    assert word_commitments(secret, words) == salted
    assert len(set(salted)) == count


def test_words_past_the_ready_made_numbers_have_the_same_kind_of_salt() -> None:
    salts = word_salts(build.SECRET.part_secret(3), 3000)
    assert salts[2999] == build.SECRET.word_salt(3, 2999)
    assert salts[2047] == build.SECRET.word_salt(3, 2047)


def test_every_secret_of_an_entry_is_another() -> None:
    secret = build.SECRET
    derived = [secret.part_secret(0), secret.part_secret(1), secret.meta_salt(0)]
    derived += [secret.word_salt(0, 0), secret.word_salt(0, 1), secret.word_salt(1, 0)]
    derived += [secret.sign_salt(), secret.body_key(), secret.blob_key(0), secret.blob_key(1)]
    assert len(set(derived)) == len(derived)


def test_neither_a_secret_nor_a_word_shows_in_a_repr_and_a_secret_has_32_bytes() -> None:
    assert repr(EntrySecret(b"s" * 32)) == "EntrySecret()"
    assert "Jay" not in repr([Text({"n": "s"}, "Jay"), Data({"n": "child"}, "Jay")])
    with pytest.raises(LimitError):
        EntrySecret(b"s" * 31)


@pytest.mark.parametrize(
    "labels",
    [
        {},
        {"n": ""},
        {"n": 1},
        {"k": "fact"},
        {"n": "s", "k": "gossip"},
        {"n": "s", "k": ["fact"]},
        {"n": "s", "src": "Sam"},
        {"n": "s", "who": "Sam"},
        [],
        None,
    ],
)
def test_labels_other_than_name_kind_and_source_are_refused(labels: dict[str, str]) -> None:
    with pytest.raises(ShapeError):
        commit_part(b"s" * 32, Text(labels, "x"))


def test_an_empty_text_is_a_text_without_words_and_not_a_data_part() -> None:
    empty = commit_part(b"s" * 32, Text({"n": "s"}, ""))
    assert split_words(b"") == []
    assert empty != commit_part(b"s" * 32, Data({"n": "s"}, ""))


@pytest.mark.parametrize("count", [0, 201])
def test_an_entry_has_1_to_200_parts(count: int) -> None:
    parts: list[Part] = [Data({"n": "a"}, None)] * count
    with pytest.raises(LimitError):
        commit_parts(build.SECRET, parts)
    assert len(commit_parts(build.SECRET, [Data({"n": "a"}, None)] * 200)) == 200


def test_a_text_has_at_most_65536_bytes_and_no_surrogate() -> None:
    commit_part(b"s" * 32, Text({"n": "s"}, "\u00eb" * 32_768))
    for text in ("\u00eb" * 32_768 + "a", "\ud800"):
        with pytest.raises(ProofError):
            commit_part(b"s" * 32, Text({"n": "s"}, text))


@pytest.mark.parametrize(
    ("entry_id", "origin"),
    [
        ("0" * 31, build.ORIGIN),
        ("A" * 32, build.ORIGIN),
        ("0" * 32, "example.org/home"),
        ("0" * 32, "example.org /1"),
        ("0" * 32, "a+b/1"),
        ("0" * 32, "example.org/01"),
    ],
)
def test_a_head_has_an_id_of_hex_and_an_origin_with_its_generation(
    entry_id: str, origin: str
) -> None:
    with pytest.raises(SpellingError):
        head_bytes(entry_id, origin)


def test_stored_bytes_are_digested_with_their_blobs_in_order() -> None:
    digests = {
        stored_digest(b"body", blobs) for blobs in ([], [b"a"], [b"a", b"b"], [b"b", b"a"], [b"ab"])
    }
    assert len(digests) == 5
    assert stored_digest(b"body", (piece for piece in [b"a", b"b"])) in digests


@pytest.mark.policy("P64")
def test_every_page_of_a_book_has_another_mark_and_numbers_begin_at_1() -> None:
    marks = {page_mark(tag, n, b"r" * 32) for tag in (build.TAG, b"t" * 32) for n in (1, 2, 300)}
    assert len(marks) == 6
    with pytest.raises(LimitError):
        page_mark(build.TAG, 0, b"r" * 32)
