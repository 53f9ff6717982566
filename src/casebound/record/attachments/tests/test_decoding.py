"""Reading each kind of file to its last byte; `test_examining.py` does it in the other process."""

import io
import struct

import pytest
from PIL import Image

from casebound.record.attachments.decoding import read
from casebound.record.attachments.not_read import NotReadError
from casebound.record.attachments.tests import build
from casebound.record.attachments.tests.build import _box, _riff


def moving(frames: int) -> bytes:
    pictures = [Image.new("L", (2, 2), number % 256) for number in range(frames)]
    out = io.BytesIO()
    pictures[0].save(out, "GIF", save_all=True, append_images=pictures[1:])
    return out.getvalue()


def wav(*chunks: bytes) -> bytes:
    inside = b"WAVE" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(inside)) + inside


def ogg(*packets: bytes) -> bytes:
    return b"".join(b"OggS" + bytes(22) + bytes([1, len(packet)]) + packet for packet in packets)


def locked_pdf() -> bytes:
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%b> /U <%b> >> /ID [<00> <00>] "
    return build.pdf().replace(b"/Root 1 0 R", lock % (b"41" * 32, b"42" * 32) + b"/Root 1 0 R")


FORMAT = _riff(b"fmt ", struct.pack("<HHIIHH", 1, 1, 8000, 8000, 1, 8))
FTYP, MOOV, MDAT = _box(b"ftyp", b"M4A "), build.moov(b"soun"), _box(b"mdat", bytes(40))
ID3 = b"ID3\3\0\0\0\0\0\x0a" + bytes(10)

READ = {
    "a moving picture": ("image/gif", moving(3)),
    "a picture that moves long": ("image/gif", moving(500)),
    "text as Windows writes it": ("text/plain", "café, £5, “no”".encode("cp1252")),
    "text in UTF-16": ("text/plain", "Łukasz wrote".encode("utf-16")),
    "a picture in shades of grey": ("image/png", build.picture("PNG")),
    "sound recorded as it came, without its length": (
        "audio/wav", wav(FORMAT, b"data" + struct.pack("<I", 0xFFFFFFFF) + bytes(100)),
    ),
    "sound with a chunk of odd length": (
        "audio/wav", wav(FORMAT, _riff(b"note", b"odd") + b"\0", _riff(b"data", bytes(10))),
    ),
    "sound of another kind in Ogg": ("audio/ogg", ogg(b"\x01vorbis", b"more")),
    "boxes of which the last goes to the end": (
        "audio/mp4", FTYP + MOOV + struct.pack(">I4s", 0, b"mdat") + bytes(9),
    ),
    "a box with a long length": (
        "audio/mp4", FTYP + MOOV + struct.pack(">I4sQ", 1, b"mdat", 20) + bytes(4),
    ),
    "an MP3 behind a tag": ("audio/mpeg", ID3 + bytes(3) + build.mp3()),
    "an MP3 before a tag": ("audio/mpeg", build.mp3() + b"TAG" + bytes(125)),
    "an MP3 of the second kind": ("audio/mpeg", (b"\xff\xf3\x80\x00" + bytes(204)) * 4),
    "text with tabs and line ends": ("text/plain", b"Jay\twrote\r\nthis.\f"),
}  # fmt: skip
NOT_READ = {
    "bytes that could be Windows text": ("text/plain", bytes(range(0xA0, 0x100)) * 9, "text"),
    "signs that no text has": ("text/plain", b"words and more words \xa6\xac", "text"),
    "Windows text with an escape": ("text/plain", b"caf\xe9 \x1b[31m is red", "text"),
    "Windows text with a delete": ("text/plain", b"caf\xe9 \x7f is red", "text"),
    "Cyrillic in an old encoding": ("text/plain", "Николай писал".encode("cp1251"), "text"),
    "a broken film": ("audio/mp4", _box(b"ftyp", b"mp42") + bytes(30), "film-like"),
    "a picture of another type": ("image/png", build.picture("JPEG"), "picture"),
    "sound without a format": ("audio/wav", wav(_riff(b"data", bytes(10))), "sound"),
    "sound that is a film": ("audio/wav", wav(FORMAT).replace(b"WAVE", b"AVI "), "sound"),
    "sound that is shorter than it says": (
        "audio/wav", wav(FORMAT, b"data" + struct.pack("<I", 999)), "sound",
    ),
    "Ogg with one page": ("audio/ogg", ogg(b"OpusHead"), "sound"),
    "Ogg with a film": ("audio/ogg", ogg(b"\x80theora", b"\x01vorbis"), "film"),
    "Ogg with something between": ("audio/ogg", ogg(b"OpusHead") + b"x" + ogg(b"a"), "sound"),
    "boxes with a film": ("audio/mp4", FTYP + build.moov(b"soun", b"vide") + MDAT, "film"),
    "boxes without sound": ("audio/mp4", FTYP + build.moov(b"text") + MDAT, "sound"),
    "boxes without content": ("audio/mp4", FTYP + MOOV, "sound"),
    "a box shorter than its head": ("audio/mp4", FTYP + MOOV + MDAT + b"\0\0\0\4free", "sound"),
    "an MP3 of two frames": ("audio/mpeg", build.mp3(2), "sound"),
    "an MP3 with free rates": ("audio/mpeg", (b"\xff\xfb\x00\x00" + bytes(413)) * 5, "sound"),
    "a PDF with a password": ("application/pdf", locked_pdf(), "locked"),
    "text with a sign that Windows does not have": ("text/plain", b"caf\x81", "text"),
    "text with a drawing in it": ("text/plain", b"look: <SVG onload=x>", "svg"),
}  # fmt: skip


@pytest.mark.parametrize("what", READ)
def test_what_is_whole_is_read(what: str) -> None:
    media_type, content = READ[what]

    told, copies = read(media_type, content)

    assert ("width" in told) == bool(copies) == media_type.startswith("image/")


@pytest.mark.parametrize(
    ("what", "note"),
    [
        ("text as Windows writes it", "windows"),
        ("text in UTF-16", ""),
        ("text with tabs and line ends", ""),
        ("a moving picture", "first"),
        ("a picture in shades of grey", ""),
    ],
)
def test_what_is_read_otherwise_than_one_would_think_is_said(what: str, note: str) -> None:
    told, _ = read(*READ[what])

    assert told["note"] == note


@pytest.mark.parametrize("what", NOT_READ)
def test_what_is_damaged_or_something_else_is_refused_with_the_reason(what: str) -> None:
    media_type, content, reason = NOT_READ[what]

    with pytest.raises(NotReadError, match=f"^{reason}$"):
        read(media_type, content)
