"""Reading a file that came from outside, in a process that may fail without harm.

Run as `python -m casebound.record.attachments.decoding TYPE`: the file comes on standard input, a
line of JSON and the copies of a picture go to standard output. Whatever a decoder's mistake could
do, it does here, without the keys, without the databases, with little time and memory. Nothing of
Django or of the house is imported.

Every byte is decoded, not only the beginning: a file is what it says when all of it reads so.
"""

import io
import json
import resource
import struct
import sys
import warnings
from collections.abc import Callable, Mapping
from typing import Any, Final

MEMORY: Final = 1536 * 1024 * 1024  # bytes of address space, libraries and the file included
SECONDS: Final = 30  # of the processor
MOST_POINTS: Final = 64_000_000
MOST_FRAMES: Final = 300
SHOWN: Final = 2000  # points along the longer side
THUMB: Final = 400


class NotReadError(Exception):
    """The file is not what it says; `args[0]` is a key of `rules.REASONS`."""


def main() -> None:
    """Read the file, say what it is, and give the copies to show."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes no file
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    media_type, content = sys.argv[1], sys.stdin.buffer.read()
    copies: list[bytes] = []
    try:
        said, copies = read(media_type, content)
    except NotReadError as wrong:
        said = {"refused": str(wrong)}
    except MemoryError:
        said = {"refused": "demanding"}
    said["copies"] = [len(copy) for copy in copies]
    out = sys.stdout.buffer
    out.write(json.dumps(said).encode() + b"\n" + b"".join(copies))
    out.flush()


def read(media_type: str, content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """Return what is known of a file, and a large and a small copy if it is a picture.

    Raises:
        NotReadError: it is not of this type after all, or damaged.
    """
    if media_type in _PICTURES:
        return _picture(_PICTURES[media_type], content)
    _READERS[media_type](content)
    return {}, []


_PICTURES: Final[Mapping[str, str]] = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/gif": "GIF",
    "image/webp": "WEBP",
    "image/heic": "HEIF",
}


def _picture(kind: str, content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    from PIL import Image  # noqa: PLC0415 (only where it is needed: it takes a tenth of a second)

    if kind == "HEIF":
        import pi_heif  # noqa: PLC0415

        pi_heif.register_heif_opener(thumbnails=False)
    Image.MAX_IMAGE_PIXELS = MOST_POINTS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(io.BytesIO(content), formats=[kind]) as picture:
            size = picture.size
            _go_through(picture)
            large, small = _copies(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NotReadError("pixels") from None
    except (MemoryError, NotReadError):
        raise
    except Exception as wrong:  # noqa: BLE001 (a decoder raises whatever it likes)
        words = str(wrong).lower()
        raise NotReadError("pixels" if "decompress" in words else "picture") from None
    return {"width": size[0], "height": size[1]}, [large, small]


def _go_through(picture: Any) -> None:  # noqa: ANN401 (Pillow is imported late)
    """Decode all of it; of a moving picture every part."""
    frames = getattr(picture, "n_frames", 1)
    if frames > MOST_FRAMES:
        raise NotReadError("demanding")
    for frame in reversed(range(frames)):
        picture.seek(frame)
        picture.load()


def _copies(picture: Any) -> tuple[bytes, bytes]:  # noqa: ANN401
    """Return the picture upright, at two sizes, as JPEG and without anything else."""
    from PIL import Image, ImageOps  # noqa: PLC0415

    turned = picture.getexif().get(0x0112, 1)
    smaller = _on_white(picture)
    smaller.thumbnail((SHOWN, SHOWN), Image.Resampling.LANCZOS)
    if turned != 1:
        # The turn is carried out on the small copy: half the memory of turning the original.
        exif = Image.Exif()
        exif[0x0112] = turned
        smaller.info["exif"] = exif.tobytes()
        smaller = ImageOps.exif_transpose(_with_exif(smaller))
    clean = Image.new("RGB", smaller.size)  # new, so that nothing of the old one comes along
    clean.paste(smaller)
    small = clean.copy()
    small.thumbnail((THUMB, THUMB), Image.Resampling.LANCZOS)
    return _jpeg(clean, 85), _jpeg(small, 78)


def _with_exif(picture: Any) -> Any:  # noqa: ANN401
    """Return it as opened from a file that says how it is turned."""
    from PIL import Image  # noqa: PLC0415

    out = io.BytesIO()
    picture.save(out, "PNG", exif=picture.info["exif"])
    return Image.open(io.BytesIO(out.getvalue()), formats=["PNG"])


def _on_white(picture: Any) -> Any:  # noqa: ANN401
    from PIL import Image  # noqa: PLC0415

    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        seen.thumbnail((SHOWN, SHOWN), Image.Resampling.LANCZOS)
        white = Image.new("RGB", seen.size, "white")
        white.paste(seen, mask=seen.getchannel("A"))
        return white
    if picture.mode.startswith("I;16") or picture.mode in {"I", "F"}:
        return picture.point(lambda value: value / 256).convert("L").convert("RGB")
    return picture.convert("RGB") if picture.mode != "RGB" else picture


def _jpeg(picture: Any, quality: int) -> bytes:  # noqa: ANN401
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def _pdf(content: bytes) -> None:
    import pypdfium2  # noqa: PLC0415

    try:
        with pypdfium2.PdfDocument(content) as document:
            if len(document) == 0:
                raise NotReadError("pdf")
            document[0].get_size()
    except pypdfium2.PdfiumError as wrong:
        raise NotReadError("locked" if "assword" in str(wrong) else "pdf") from None


def _text(content: bytes) -> None:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise NotReadError("text") from None
    if any(ord(sign) < 32 and sign not in "\t\n\r\f" for sign in text):  # noqa: PLR2004 (controls)
        raise NotReadError("text")
    if "<svg" in text.lower():
        raise NotReadError("svg")


def _wav(content: bytes) -> None:
    """RIFF: chunks that fill the file, a format and sound among them."""
    chunks, place = set(), 12
    while place + 8 <= len(content):
        name, size = struct.unpack_from("<4sI", content, place)
        if name == b"data" and size in {0, 0xFFFFFFFF}:  # recorded as it came: up to the end
            size = len(content) - place - 8
        if place + 8 + size > len(content):
            raise NotReadError("sound")
        chunks.add(name)
        place += 8 + size + size % 2
    if content[8:12] != b"WAVE" or not {b"fmt ", b"data"} <= chunks or place < len(content):
        raise NotReadError("sound")


def _ogg(content: bytes) -> None:
    """Ogg: pages from end to end, and in the first one a kind of sound."""
    place = pages = 0
    while place < len(content):
        if content[place : place + 4] != b"OggS" or place + 27 > len(content):
            raise NotReadError("sound")
        count = content[place + 26]
        lengths = content[place + 27 : place + 27 + count]
        place += 27 + count + sum(lengths)
        pages += 1
    codecs = (b"\x01vorbis", b"OpusHead", b"Speex  ", b"\x7fFLAC")
    if place != len(content) or pages < 2 or not any(codec in content[:200] for codec in codecs):  # noqa: PLR2004
        raise NotReadError("sound")


def _m4a(content: bytes) -> None:
    """ISO boxes from end to end, with a track of sound and none of pictures."""
    place, boxes = 0, []
    while place + 8 <= len(content):
        size, name = struct.unpack_from(">I4s", content, place)
        if size == 1 and place + 16 <= len(content):
            size = struct.unpack_from(">Q", content, place + 8)[0]
        elif size == 0:
            size = len(content) - place
        if size < 8 or place + size > len(content):  # noqa: PLR2004 (a box's own head)
            raise NotReadError("sound")
        boxes.append((name, place, size))
        place += size
    moov = b"".join(content[at : at + size] for name, at, size in boxes if name == b"moov")
    if place != len(content) or {b"ftyp", b"mdat"} - {name for name, *_ in boxes}:
        raise NotReadError("sound")
    if b"soun" not in moov:
        raise NotReadError("sound")
    if b"vide" in moov:
        raise NotReadError("film")


_RATES: Final = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_BITS_1: Final = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_BITS_2: Final = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)


def _mp3(content: bytes) -> None:
    """MPEG layer III: frame behind frame, between an ID3 tag and what stands at the end."""
    place = 0
    if content[:3] == b"ID3" and len(content) > 10:  # noqa: PLR2004 (the tag's head)
        place = 10 + sum(
            (byte & 0x7F) << shift
            for byte, shift in zip(content[6:10], (21, 14, 7, 0), strict=True)
        )
    while place < len(content) and content[place] == 0:  # padding behind the tag
        place += 1
    frames = 0
    while place + 4 <= len(content) and (size := _mp3_frame(content, place)):
        place += size
        frames += 1
    rest = content[place : place + 8]
    ends = place >= len(content) or rest[:3] in {b"TAG", b"LYR"} or rest == b"APETAGEX"
    if frames < 3 or not ends:  # noqa: PLR2004 (fewer are no sound)
        raise NotReadError("sound")


def _mp3_frame(content: bytes, place: int) -> int:
    """Return how long the frame is that begins here, 0 if none does."""
    head = int.from_bytes(content[place : place + 4], "big")
    version, layer = head >> 19 & 3, head >> 17 & 3
    bits, rate = head >> 12 & 15, head >> 10 & 3
    if head >> 21 != 0x7FF or version not in _RATES or layer != 1 or rate == 3 or not 0 < bits < 15:  # noqa: PLR2004
        return 0
    first = version == 3  # noqa: PLR2004 (MPEG 1)
    kilobits = (_BITS_1 if first else _BITS_2)[bits - 1]
    return (144 if first else 72) * kilobits * 1000 // _RATES[version][rate] + (head >> 9 & 1)


_READERS: Final[Mapping[str, Callable[[bytes], None]]] = {
    "application/pdf": _pdf,
    "text/plain": _text,
    "audio/wav": _wav,
    "audio/ogg": _ogg,
    "audio/mp4": _m4a,
    "audio/mpeg": _mp3,
}

if __name__ == "__main__":
    main()
