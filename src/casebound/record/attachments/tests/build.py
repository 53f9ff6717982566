"""Files to attach, made by code: nobody's photographs."""

import io
import struct
import zlib
from collections.abc import Iterable

import pillow_heif
from PIL import Image, ImageDraw


def picture(kind: str = "JPEG", size: tuple[int, int] = (640, 480), **saved: object) -> bytes:
    """Return a picture of a boat, with a mark in its upper left corner."""
    image = Image.new("RGB", size, "#bcd6e6")
    draw = ImageDraw.Draw(image)
    wide, high = size
    draw.polygon(
        [(wide // 4, high // 2), (wide * 3 // 4, high // 2), (wide // 2, high - 20)], "brown"
    )
    draw.rectangle([0, 0, wide // 8, high // 8], "red")
    out = io.BytesIO()
    if kind == "HEIF":
        pillow_heif.register_heif_opener()
    image.save(out, kind, **saved)
    return out.getvalue()


def with_a_place(turned: int = 6) -> bytes:
    """Return a photograph lying on its side, with the place where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x010F] = "MadeUpCamera"
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 7.0, 0.0)})
    return picture(exif=exif.tobytes(), comment=b"at the harbour")


def bomb() -> bytes:
    """Return a PNG of a few kilobytes that says it is 60,000 points wide and high."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(bytes(10_000)))
        + _chunk(b"IEND", b"")
    )


def _chunk(name: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + content))
    return struct.pack(">I", len(content)) + name + content + check


def pdf(*, with_script: bool = False) -> bytes:
    """Return a PDF of one page, with or without a program that runs when it is opened."""
    opens = b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>" if with_script else b""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R " + opens + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(made)
    made += b"xref\n0 4\n0000000000 65535 f \n" + b"".join(
        b"%010d 00000 n \n" % place for place in places
    )
    return made + b"trailer << /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start


def wav(seconds: int = 1) -> bytes:
    """Return silence."""
    sound = bytes(8000 * seconds)
    form = struct.pack("<HHIIHH", 1, 1, 8000, 8000, 1, 8)
    inside = b"WAVE" + _riff(b"fmt ", form) + _riff(b"data", sound)
    return b"RIFF" + struct.pack("<I", len(inside)) + inside


def _riff(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content


def mp3(frames: int = 20) -> bytes:
    """Return frames of MPEG 1 layer III, 128 kbit/s, 44.1 kHz."""
    return (b"\xff\xfb\x90\x00" + bytes(413)) * frames


def ogg() -> bytes:
    """Return two pages of a sound that says it is Opus."""
    return b"".join(
        b"OggS" + bytes(22) + bytes([1, len(packet)]) + packet
        for packet in (b"OpusHead" + bytes(11), b"OpusTags" + bytes(8))
    )


def m4a() -> bytes:
    """Return boxes with one track of sound."""
    return _box(b"ftyp", b"M4A \0\0\0\0M4A mp42isom") + moov(b"soun") + _box(b"mdat", bytes(200))


def moov(*tracks: bytes) -> bytes:
    """Return the box that tells of tracks: `soun`, `vide`, `text`."""
    return _box(
        b"moov",
        b"".join(
            _box(b"trak", _box(b"mdia", _box(b"hdlr", bytes(8) + track + bytes(12))))
            for track in tracks
        ),
    )


def _box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + name + content


def track(kind: bytes, codec: bytes) -> bytes:
    """Return the boxes of one track, down to the name of its codec."""
    listed = bytes(4) + struct.pack(">I", 1) + _box(codec, bytes(28))
    inside = _box(b"minf", _box(b"stbl", _box(b"stsd", listed)))
    return _box(b"trak", _box(b"mdia", _box(b"hdlr", bytes(8) + kind + bytes(12)) + inside))


def in_boxes(brand: bytes, *tracks: bytes) -> bytes:
    """Return an ISO file: its brand, its sound or film, and the tracks at the end."""
    head = _box(b"ftyp", brand + bytes(4) + brand) if brand else b""
    return head + _box(b"mdat", bytes(200)) + _box(b"moov", b"".join(tracks))


def aac(frames: int = 20) -> bytes:
    """Return silent frames of AAC, each with its head (ADTS), 44.1 kHz, one channel."""
    silence = b"\x00\xc8\x00\x80\x23\x80"
    size = 7 + len(silence)
    head = b"\xff\xf1\x50" + struct.pack(">I", 0x40 << 24 | size << 13 | 0x7FF << 2)
    return (head + silence) * frames


def amr(*, wide: bool = False) -> bytes:
    """Return a second of voice as older telephones keep it."""
    if wide:
        return b"#!AMR-WB\n" + (b"\x44" + bytes(60)) * 50
    return b"#!AMR\n" + (b"\x3c" + bytes(31)) * 50


def caf() -> bytes:
    """Return what an iPhone's recorder keeps: a description and sound."""
    form = struct.pack(">d4sIIIII", 44100.0, b"lpcm", 0, 2, 1, 1, 16)
    return b"caff\0\1\0\0" + b"".join(
        name + struct.pack(">q", len(content)) + content
        for name, content in ((b"desc", form), (b"data", bytes(204)))
    )


def webm(kind: int = 2, codec: bytes = b"A_OPUS") -> bytes:
    """Return what a browser records: one track of sound (2) or of film (1), length unknown."""
    entry = _element(b"\xd7", b"\1") + _element(b"\x83", bytes([kind])) + _element(b"\x86", codec)
    block = _element(b"\xa3", b"\x81\0\0\x80" + bytes(40))
    tracks = _element(b"\x16\x54\xae\x6b", _element(b"\xae", entry))
    inside = tracks + _element(b"\x1f\x43\xb6\x75", _element(b"\xe7", b"\0") + block)
    begin = _element(b"\x1a\x45\xdf\xa3", _element(b"\x42\x82", b"webm"))
    return begin + b"\x18\x53\x80\x67\x01" + b"\xff" * 7 + inside


def _element(name: bytes, content: bytes) -> bytes:
    return name + bytes([0x80 | len(content)]) + content


def several(kind: str, count: int, **saved: object) -> bytes:
    """Return a file of several pictures of one colour each, the first one red."""
    parts = [
        Image.new("RGB", (32, 24), ((255 - 50 * i) % 256, 50 * i % 256, 0)) for i in range(count)
    ]
    out = io.BytesIO()
    parts[0].save(out, kind, save_all=True, append_images=parts[1:], **saved)
    return out.getvalue()


def spatial(size: tuple[int, int] = (64, 48)) -> bytes:
    """Return a HEIC of two pictures, as of two eyes; the second (red) is the main one."""
    both = pillow_heif.HeifFile()  # type: ignore[no-untyped-call]
    for colour in ("blue", "red"):
        both.add_from_pillow(Image.new("RGB", size, colour))
    out = io.BytesIO()
    both.save(out, primary_index=1)
    return out.getvalue()


def in_pieces(content: bytes, size: int = 70_001) -> Iterable[bytes]:
    """Give bytes as they arrive."""
    return (content[i : i + size] for i in range(0, len(content), size))
