import os
from dataclasses import replace
from io import BytesIO
from typing import TypedDict

import pytest

from casebound.foundation.proof import encryption as enc
from casebound.foundation.proof.canonical import Json, canonical
from casebound.foundation.proof.commitments import Data, EntrySecret, Text
from casebound.foundation.proof.entry import (
    attachment,
    check_entry,
    check_stored,
    open_body,
    root_of,
    seal_bytes,
)
from casebound.foundation.proof.errors import MismatchError, ProofError, ShapeError
from casebound.foundation.proof.statements import check_statement
from casebound.foundation.proof.tests import build

ENTRY = build.sealed()
LEAF = build.entry_leaf(ENTRY)
OPENED = build.opened(ENTRY)
OTHER_SECRET = EntrySecret(b"o" * 32)


class Place(TypedDict):
    origin: str
    entry_id: str


PLACE: Place = {"origin": build.ORIGIN, "entry_id": build.ENTRY_ID}
OTHER_ID = "f" * 32
HEAD: dict[str, Json] = {"id": build.ENTRY_ID, "log": build.ORIGIN, "v": 1}
PART: dict[str, Json] = {"m": {"n": "s1"}, "x": "Jay."}


def test_what_is_sealed_opens_as_it_was_and_agrees_with_its_leaf() -> None:
    assert OPENED.parts == build.PARTS
    check_entry(OPENED, build.SECRET, LEAF)
    check_stored(ENTRY.body, [], LEAF.stored)
    assert root_of(build.ORIGIN, build.ENTRY_ID, build.SECRET, build.PARTS) == ENTRY.root


@pytest.mark.policy("P58", "P64")
def test_any_flipped_bit_of_the_stored_bytes_is_refused_with_and_without_the_key() -> None:
    for position in range(len(ENTRY.body)):
        body = bytearray(ENTRY.body)
        body[position] ^= 1 << position % 8
        with pytest.raises(MismatchError):
            open_body(secret=build.SECRET, body=bytes(body), **PLACE)
        with pytest.raises(MismatchError):
            check_stored(bytes(body), [], LEAF.stored)


@pytest.mark.policy("P58", "P64")
def test_an_entry_with_another_word_part_order_or_author_is_refused() -> None:
    text = OPENED.parts[3]
    assert isinstance(text, Text)
    changed = Text(text.m, text.x.replace("8pm", "9pm"))
    wrong = [
        replace(OPENED, parts=(*OPENED.parts[:3], changed)),
        replace(OPENED, parts=OPENED.parts[:3]),
        replace(OPENED, parts=(OPENED.parts[1], OPENED.parts[0], *OPENED.parts[2:])),
        replace(OPENED, sign={**OPENED.sign, "u": "u18"}),
        replace(OPENED, sign={**OPENED.sign, "at": "2026-03-01T19:02:13Z"}),
        replace(OPENED, sign={**OPENED.sign, "e": "0" * 64}),
    ]
    for entry in wrong:
        with pytest.raises(MismatchError):
            check_entry(entry, build.SECRET, LEAF)
    with pytest.raises(MismatchError):
        check_entry(OPENED, OTHER_SECRET, LEAF)


OTHER_BODIES: list[Json] = [
    {"head": HEAD, "parts": [PART]},
    {"head": {**HEAD, "id": OTHER_ID}, "parts": [PART], "sign": {}},
    {"head": {**HEAD, "v": True}, "parts": [PART], "sign": {}},
    {"head": HEAD, "parts": PART, "sign": {}},
    {"head": HEAD, "parts": [PART], "sign": []},
    {"head": HEAD, "parts": [{**PART, "j": 1}], "sign": {}},
    {"head": HEAD, "parts": [{"m": {"n": "s1"}, "x": 1}], "sign": {}},
    {"head": HEAD, "parts": [{"m": {"n": "s1"}}], "sign": {}},
    {"head": HEAD, "parts": ["x"], "sign": {}},
    {"head": HEAD, "parts": [{"j": 1, "m": {"x": "s1"}}], "sign": {}},
]


@pytest.mark.parametrize("body", OTHER_BODIES, ids=range(10))
def test_a_body_of_another_form_is_refused(body: Json) -> None:
    locked = enc.encrypt_body(build.SECRET, canonical(body), **PLACE)
    with pytest.raises(ShapeError):
        open_body(secret=build.SECRET, body=locked, **PLACE)


@pytest.mark.parametrize("size", [0, 1, 1000, 300_000])
def test_an_attached_file_is_committed_to_and_encrypted_for_its_part(size: int) -> None:
    content = os.urandom(size)
    pieces = [content[at : at + 70_000] for at in range(0, size, 70_000)]
    blob = b"".join(enc.encrypt_blob(build.SECRET, 1, pieces, **PLACE))
    part = attachment({"n": "photo"}, content, "image/jpeg")
    entry = build.sealed([*build.PARTS[:1], part], blobs=[blob])

    def opened(i: int, blob: bytes = blob) -> bytes:
        return b"".join(enc.decrypt_blob(build.SECRET, i, lambda: BytesIO(blob), **PLACE))

    check_stored(entry.body, iter([blob]), entry.stored)
    assert isinstance(part.j, dict)
    assert part.j["size"] == size
    assert opened(1) == content
    for wrong in (blob[:27], blob[:-1], blob[:-1] + bytes([blob[-1] ^ 1])):
        with pytest.raises(MismatchError):
            opened(1, wrong)
    with pytest.raises(MismatchError):
        opened(2)
    with pytest.raises(MismatchError):
        check_stored(entry.body, [], entry.stored)


def test_nothing_of_a_changed_file_is_given_out_before_it_is_found_out() -> None:
    blob = bytearray(b"".join(enc.encrypt_blob(build.SECRET, 1, [bytes(600_000)], **PLACE)))
    blob[-20] ^= 1
    given = enc.decrypt_blob(build.SECRET, 1, lambda: BytesIO(bytes(blob)), **PLACE)

    with pytest.raises(MismatchError):
        next(given)


def test_a_file_of_a_draft_opens_with_its_books_key_and_as_itself_alone() -> None:
    key, place = bytes(32), {"origin": PLACE["origin"]}
    locked = b"".join(enc.encrypt_upload([b"pic", b"ture"], key, upload_id="a1", **place))

    def opened(key: bytes, upload: str) -> bytes:
        return b"".join(enc.decrypt_upload(lambda: BytesIO(locked), key, upload_id=upload, **place))

    assert opened(key, "a1") == b"picture"
    for other in ((bytes(31) + b"1", "a1"), (key, "a2")):
        with pytest.raises(MismatchError):
            opened(*other)


@pytest.mark.parametrize(
    "change",
    [
        {"m": "attest2"},
        {"m": 1},
        {"extra": "x"},
        {"u": ""},
        {"u": 17},
        {"at": "2026-03-01 21:02:13"},
        {"log": "example.org/1"},
        {"m": "webauthn1"},
    ],
)
def test_a_statement_of_another_form_or_entry_is_refused(change: dict[str, Json]) -> None:
    with pytest.raises(ProofError):
        check_statement({**OPENED.sign, **change}, origin=build.ORIGIN, root=ENTRY.root)


def test_a_statement_signed_on_a_device_is_taken_with_all_its_fields() -> None:
    device: dict[str, Json] = {"m": "webauthn1", "cred": "Y3I", "ad": "YQ", "cd": "Yw", "sig": "cw"}
    statement = {**OPENED.sign, **device}
    assert check_statement(statement, origin=build.ORIGIN, root=ENTRY.root) == statement


def test_a_statement_about_another_entry_cannot_be_sealed() -> None:
    with pytest.raises(MismatchError):
        seal_bytes(
            secret=build.SECRET,
            parts=[Data({"n": "author"}, "u17")],
            statement_of_signing=lambda _: OPENED.sign,
            **PLACE,
        )


def test_every_encryption_takes_a_new_nonce() -> None:
    first, second = (enc.encrypt_body(build.SECRET, b"x", **PLACE) for _ in range(2))
    assert first[:12] != second[:12]


def test_a_body_does_not_open_in_another_place() -> None:
    for origin, entry_id in ((build.ORIGIN, OTHER_ID), ("example.org/2", build.ENTRY_ID)):
        with pytest.raises(MismatchError):
            enc.decrypt_body(build.SECRET, ENTRY.body, origin=origin, entry_id=entry_id)


def test_a_wrap_opens_only_for_its_book_and_entry() -> None:
    key = b"k" * 32
    wrap = enc.wrap_secret(build.SECRET, key, book_id="d1", **PLACE)
    assert len(wrap) == 60
    assert enc.unwrap_secret(wrap, key, book_id="d1", **PLACE) == build.SECRET
    other: Place = {"origin": build.ORIGIN, "entry_id": OTHER_ID}
    for used, book_id, place in ((key, "d2", PLACE), (key, "d1", other), (b"l" * 32, "d1", PLACE)):
        with pytest.raises(MismatchError):
            enc.unwrap_secret(wrap, used, book_id=book_id, **place)


def test_a_draft_opens_only_under_its_own_id() -> None:
    locked = enc.encrypt_draft(b"draft", b"k" * 32, origin=build.ORIGIN, draft_id="7")
    assert enc.decrypt_draft(locked, b"k" * 32, origin=build.ORIGIN, draft_id="7") == b"draft"
    with pytest.raises(MismatchError):
        enc.decrypt_draft(locked, b"k" * 32, origin=build.ORIGIN, draft_id="8")


def test_a_keyring_row_opens_only_in_its_epoch() -> None:
    key, origin = b"k" * 32, build.ORIGIN
    row = enc.wrap_book_key(b"d" * 32, key, origin=origin, book_id="d1", epoch=1)
    opened = enc.unwrap_book_key(row, key, origin=origin, book_id="d1", epoch=1)
    assert opened == b"d" * 32
    for book_id, epoch in (("d1", 2), ("d2", 1)):
        with pytest.raises(MismatchError):
            enc.unwrap_book_key(row, key, origin=origin, book_id=book_id, epoch=epoch)


def test_short_bytes_and_ids_with_line_breaks_are_refused() -> None:
    with pytest.raises(MismatchError):
        enc.decrypt_body(build.SECRET, b"x" * 27, **PLACE)
    with pytest.raises(ProofError):
        enc.encrypt_draft(b"", b"k" * 32, origin=build.ORIGIN, draft_id="7\n8")
