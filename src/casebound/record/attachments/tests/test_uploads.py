"""Files on their way: encrypted as they come, stopped as soon as they are of no use."""

import errno
import os
import struct

import pytest
from django.core.files.uploadhandler import SkipFile

from casebound.ledger.sealing import blobs
from casebound.record.attachments import uploads
from casebound.record.attachments.rules import LARGEST, MB, MOST_FILES, Sort
from casebound.record.attachments.tests import build
from casebound.record.attachments.uploads import FIELD, EncryptingHandler

KEY = bytes(range(32))
TEXT = b"Jay likes boats. "


@pytest.fixture
def handler() -> EncryptingHandler:
    return EncryptingHandler(KEY)


def send(
    handler: EncryptingHandler, content: bytes, *, name: str = "a.txt", to: str = FIELD
) -> bool:
    """Send a file as Django reads it from a form; say whether it was read to its end."""
    try:
        handler.new_file(to, name, "text/plain", None, None, {})
        for start in range(0, len(content), handler.chunk_size):
            handler.receive_data_chunk(content[start : start + handler.chunk_size], start)
    except SkipFile:
        return False
    handler.file_complete(len(content))
    return True


def on_disk() -> set[str]:
    return {path.name for path in blobs._all()}


def reasons(handler: EncryptingHandler) -> list[str]:
    return [refused.reason for refused in handler.refused]


def test_a_file_that_arrives_is_encrypted_on_the_disk_and_told_by_its_bytes(
    handler: EncryptingHandler,
) -> None:
    assert send(handler, build.pdf(), name="letter.exe")
    (arrived,) = handler.claim()

    with blobs.read(arrived.locator) as file:
        stored = file.read()
    assert (arrived.media_type, arrived.size) == ("application/pdf", len(build.pdf()))
    assert arrived.name == "letter.exe"
    assert b"PDF" not in stored
    assert handler.claim() == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"<svg xmlns='x'/>", "svg"),
        (b"<!doctype html><p>", "markup"),
        (b"PK\3\4" + bytes(9000), "zip"),
        (b"\x7fELF" + bytes(9000), "unknown"),
        (b"RIFF\0\1\0\0AVI LIST" + bytes(9000), "film"),
        (TEXT * (LARGEST[Sort.TEXT] // len(TEXT) + 1), "large"),
    ],
)
def test_what_is_of_no_use_is_refused_with_its_name_and_leaves_nothing(
    handler: EncryptingHandler, content: bytes, reason: str
) -> None:
    before = on_disk()

    send(handler, content, name="boat.jpg")

    assert reasons(handler) == [reason]
    assert "boat.jpg" in str(handler.refused[0])
    assert (handler.claim(), on_disk()) == ([], before)


BRAND = struct.pack(">I", 20) + b"ftyp%b\0\0\0\0isom"
MATROSKA = b"\x1aE\xdf\xa3\x84\x42\x86\x81\x01"


@pytest.mark.parametrize(
    "head",
    [
        BRAND % b"mp42" + build.moov(b"soun", b"vide"),
        BRAND % b"M4A " + build.moov(b"vide"),
        BRAND % b"qt  " + build.moov(b"vide"),
        MATROSKA + b"\x16\x54\xae\x6b\x86\xae\x84\x83\x81\x01\x86\x85V_VP9",
    ],
)
def test_a_film_is_refused_as_such_at_its_first_bytes(
    handler: EncryptingHandler, head: bytes
) -> None:
    assert not send(handler, head + bytes(MB))
    assert reasons(handler) == ["film"]


@pytest.mark.parametrize(
    ("brand", "reason"), [(b"mp42", "film-like"), (b"qt  ", "film-like"), (b"M4A ", "large")]
)
def test_a_film_that_is_too_large_is_told_by_its_brand_and_takes_no_place(
    handler: EncryptingHandler, monkeypatch: pytest.MonkeyPatch, brand: bytes, reason: str
) -> None:
    monkeypatch.setitem(LARGEST, Sort.SOUND, MB)
    monkeypatch.setattr(uploads, "LARGEST_TOGETHER", 2 * MB)
    film = BRAND % brand + struct.pack(">I4s", 9 * MB, b"mdat") + bytes(9 * MB)

    assert not send(handler, film, name="one.mov")
    assert not send(handler, film, name="two.mov")
    assert send(handler, TEXT)

    assert reasons(handler) == [reason, reason]
    assert len(handler.claim()) == 1


def test_the_file_after_a_refused_one_is_taken(handler: EncryptingHandler) -> None:
    send(handler, b"<svg/>", name="one.svg")
    send(handler, TEXT, name="two.txt")

    assert [arrived.name for arrived in handler.claim()] == ["two.txt"]


def test_a_thirteenth_file_of_one_form_is_not_begun(handler: EncryptingHandler) -> None:
    for number in range(MOST_FILES):
        send(handler, TEXT + b"%d" % number)

    assert not send(handler, TEXT)
    assert (len(handler.arrived), reasons(handler)) == (MOST_FILES, ["many"])
    handler.abandon_rest()


def test_too_much_together_is_refused_and_the_rest_of_the_form_is_read(
    handler: EncryptingHandler, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "LARGEST_TOGETHER", MB)
    before = on_disk()
    send(handler, bytes(TEXT * 40_000))

    assert not send(handler, bytes(TEXT * 40_000), name="two.txt")
    assert send(handler, TEXT, name="three.txt")

    assert reasons(handler) == ["together"]
    assert [arrived.name for arrived in handler.arrived] == ["a.txt", "three.txt"]
    handler.abandon_rest()
    assert on_disk() == before


def test_another_field_of_the_form_is_passed_over(handler: EncryptingHandler) -> None:
    assert not send(handler, TEXT, to="picture")
    assert (handler.claim(), handler.refused) == ([], [])


def test_an_upload_cut_off_leaves_nothing_and_what_came_before_it_can_be_claimed(
    handler: EncryptingHandler,
) -> None:
    send(handler, TEXT, name="whole.txt")
    before = on_disk()
    handler.new_file(FIELD, "half.txt", "text/plain", None, None, {})
    handler.receive_data_chunk(TEXT, 0)

    handler.upload_interrupted()
    handler.file_complete(0)

    assert on_disk() == before
    assert [arrived.name for arrived in handler.claim()] == ["whole.txt"]


def test_what_nobody_claims_is_taken_away(handler: EncryptingHandler) -> None:
    before = on_disk()
    send(handler, TEXT)

    handler.abandon_rest()

    assert on_disk() == before


def test_a_full_disk_leaves_nothing_of_the_file(
    handler: EncryptingHandler, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = on_disk()
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        send(handler, TEXT)
    handler.abandon_rest()

    assert (handler.claim(), on_disk()) == ([], before)
