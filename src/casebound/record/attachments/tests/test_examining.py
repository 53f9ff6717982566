"""What is taken, what is refused and why; decoders work in a process of their own."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from casebound.record.attachments.examining import Examined, examine
from casebound.record.attachments.not_taken import REASONS, NotTakenError
from casebound.record.attachments.rules import (
    LARGEST,
    SORTS,
    Sort,
    clean_name,
    type_of,
)
from casebound.record.attachments.tests import build


def taken(content: bytes) -> tuple[str, Examined]:
    media_type = type_of(content[: 8 * 1024])
    return media_type, examine(media_type, build.in_pieces(content))


def why_not(content: bytes) -> str:
    with pytest.raises(NotTakenError) as refused:
        taken(content)
    assert refused.value.detail  # in words
    return refused.value.reason


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("a.txt", "words")
    return out.getvalue()


HEIC = build.picture("HEIF")
TAKEN = {
    "image/jpeg": build.picture(),
    "image/png": build.picture("PNG"),
    "image/gif": build.picture("GIF"),
    "image/webp": build.picture("WEBP"),
    "image/heic": HEIC,
    "application/pdf": build.pdf(),
    "audio/wav": build.wav(),
    "audio/mpeg": build.mp3(),
    "audio/ogg": build.ogg(),
    "audio/mp4": build.m4a(),
    "text/plain": "Jay wrote: “I like boats.”\nÄ 🚤\n".encode(),
}
REFUSED = {
    "an SVG": (b'<svg xmlns="http://www.w3.org/2000/svg"><circle r="4"/></svg>', "svg"),
    "an SVG with a script": (
        b'<?xml version="1.0"?>\n<!-- x --><svg onload="alert(1)"><script>alert(1)</script></svg>',
        "svg",
    ),
    "an SVG behind much else": (b"x" * 9000 + b"<svg onload='alert(1)'>", "svg"),
    "a web page": (b"<!DOCTYPE html><script>alert(1)</script>", "markup"),
    "HTML behind the first bytes of a JPEG": (
        b"\xff\xd8\xff\xe0<html><script>alert(1)</script></html>" * 30, "picture",
    ),
    "a JPEG cut short": (build.picture()[:-3000], "picture"),
    "a PNG cut short": (build.picture("PNG")[:-900], "picture"),
    "a HEIC that is a ZIP": (zipped(), "zip"),
    "a ZIP behind the first bytes of a HEIC": (HEIC[:40] + zipped(), "picture"),
    "a HEIC cut short": (HEIC[: len(HEIC) // 2], "picture"),
    "a decompression bomb": (build.bomb(), "pixels"),
    "a PDF without pages": (
        build.pdf().replace(b"[3 0 R] /Count 1", b"[     ] /Count 0"), "pdf",
    ),
    "an SVG without anything in it": (b"<svg/>", "svg"),
    "a PDF cut to nothing": (b"%PDF-1.7\n garbage", "pdf"),
    "a WAV cut short": (build.wav()[:-500], "sound"),
    "an MP3 with a program behind it": (build.mp3() + b"MZ" + bytes(5000), "sound"),
    "an Ogg cut short": (build.ogg()[:-3], "sound"),
    "a program": (b"\x7fELF" + bytes(5000), "unknown"),
    "text with a control character": (b"Jay\x1b[31m wrote", "text"),
}  # fmt: skip


@pytest.mark.parametrize("media_type", TAKEN)
def test_each_type_is_told_by_its_content_and_taken(media_type: str) -> None:
    told, found = taken(TAKEN[media_type])
    assert told == media_type
    assert bool(found.shown) == (SORTS[media_type] is Sort.PICTURE)


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_not_what_it_says_is_refused_with_the_reason(what: str) -> None:
    content, reason = REFUSED[what]
    assert why_not(content) == reason


def test_the_shown_copy_is_upright_and_has_nothing_of_the_camera() -> None:
    original = build.with_a_place(turned=6)
    assert b"MadeUpCamera" in original
    _, found = taken(original)
    for copy in (found.shown, found.thumb):
        with Image.open(io.BytesIO(copy)) as seen:
            assert seen.size[0] < seen.size[1]  # it had been lying on its side
            assert not seen.getexif()
            assert set(seen.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
            corner = seen.convert("RGB").getpixel((seen.size[0] - 4, 4))
        assert isinstance(corner, tuple)
        assert corner[0] > 200 > corner[2] + 100  # the red mark: upper left, turned to the right
        assert b"MadeUp" not in copy


def test_a_photograph_of_40_megapixels_is_taken_within_the_memory_it_is_given() -> None:
    _, found = taken(build.picture(size=(7750, 5200)))
    assert (found.width, found.height) == (7750, 5200)
    with Image.open(io.BytesIO(found.shown)) as shown:
        assert max(shown.size) == 2000


def test_a_picture_that_can_be_seen_through_lies_on_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(out, "PNG")
    _, found = taken(out.getvalue())
    with Image.open(io.BytesIO(found.shown)) as shown:
        assert shown.getpixel((20, 20)) == (255, 255, 255)


def test_a_pdf_with_a_script_is_taken_to_be_kept_and_never_drawn() -> None:
    _, found = taken(build.pdf(with_script=True))
    assert found == Examined()


@settings(max_examples=8)
@given(at=st.integers(0, 2000), junk=st.binary(min_size=1, max_size=40))
def test_a_damaged_picture_is_taken_or_refused_and_breaks_nothing(at: int, junk: bytes) -> None:
    whole = build.picture(size=(64, 48))
    damaged = whole[: at % len(whole)] + junk + whole[at % len(whole) :]
    reason, found = "", Examined()
    try:
        _, found = taken(damaged)
    except NotTakenError as refused:
        reason = refused.reason
    assert found.shown or reason in REASONS or found == Examined()


@given(st.text(max_size=300))
def test_a_cleaned_name_has_no_folder_and_no_control_character(name: str) -> None:
    kept = clean_name(name)
    assert not set(kept) & set('/\\<>:"|?*\0\n\r\u202e\u200b')
    assert len(kept) <= 100


def test_a_name_keeps_its_last_part_alone() -> None:
    assert clean_name("C:\\Users\\sam\\..\\a boat.jpg") == "a boat.jpg"
    assert clean_name("../../etc/passwd") == "passwd"


def test_every_type_has_a_limit_that_is_said() -> None:
    assert set(SORTS.values()) == set(LARGEST)
