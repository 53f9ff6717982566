"""Walking sound from end to end by its own frames, pages, boxes or chunks.

No decoder of sound is installed: what a file is follows from its tracks, never from its brand. A
film's brand with one track of sound in it is sound; a sound's brand with a track of film is a film.
"""

import re
import struct
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from casebound.record.attachments.not_read import NotReadError


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


def _boxes(content: bytes, place: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield each box of an ISO file: its name, and where its content begins and ends."""
    while place + 8 <= end:
        size, name = struct.unpack_from(">I4s", content, place)
        head = 8
        if size == 1 and place + 16 <= end:
            size, head = struct.unpack_from(">Q", content, place + 8)[0], 16
        elif size == 0:
            size = end - place
        if size < head or place + size > end:
            raise NotReadError("sound")
        yield name, place + head, place + size
        place += size
    if place != end and any(content[place:end]):  # some recorders leave nothings at the end
        raise NotReadError("sound")


def _inside(content: bytes, place: int, end: int, *names: bytes) -> Iterator[tuple[int, int]]:
    """Yield where the content of each box lies that is reached by `names`."""
    for name, start, stop in _boxes(content, place, end):
        if name == names[0]:
            if len(names) == 1:
                yield start, stop
            else:
                yield from _inside(content, start, stop, *names[1:])


_SOUND_BRANDS: Final = {b"M4A ", b"M4B ", b"M4P ", b"F4A ", b"F4B "}
_FILM_TRACK = re.compile(rb"hdlr.{8}vide|\x86[\x80-\xbf]V_", re.DOTALL)


def film_at(head: bytes) -> str:
    """Say whether the first bytes are of a film: `film`, `film-like`, or "".

    A telephone writes the tracks behind the film, so its brand may be all that is known yet.
    """
    if _FILM_TRACK.search(head):
        return "film"
    bare = head[4:8] != b"ftyp" or head[8:12] in _SOUND_BRANDS
    return "" if bare else "film-like"


def _iso(content: bytes) -> None:
    """As `_tracks`; who sees a broken film is not told that it is broken sound."""
    try:
        _tracks(content)
    except NotReadError as wrong:
        if wrong.args[0] == "sound" and film_at(content[:64]):
            raise NotReadError("film-like") from None
        raise


def _tracks(content: bytes) -> None:
    """MP4, M4A, 3GP, QuickTime: boxes from end to end, a track of sound and none of pictures."""
    names = {name for name, *_ in _boxes(content, 0, len(content))}
    tracks = {
        content[start + 8 : start + 12]
        for start, _ in _inside(content, 0, len(content), b"moov", b"trak", b"mdia", b"hdlr")
    }
    if b"vide" in tracks:
        raise NotReadError("film")
    if b"soun" not in tracks or b"mdat" not in names:
        raise NotReadError("sound")


_RATES: Final = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_BITS_1: Final = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_BITS_2: Final = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)


def _after_tags(content: bytes) -> int:
    """Return where the sound begins, behind every ID3 tag and its padding."""
    place = 0
    while content[place : place + 3] == b"ID3" and len(content) > place + 10:
        size = sum(
            (byte & 0x7F) << shift
            for byte, shift in zip(content[place + 6 : place + 10], (21, 14, 7, 0), strict=True)
        )
        place += 10 + size + (10 if content[place + 5] & 0x10 else 0)
    while place < len(content) and content[place] == 0:
        place += 1
    return place


def _framed(
    content: bytes, place: int, frame: Callable[[bytes, int], int], *, least: int = 3
) -> None:
    """Walk frame behind frame, up to the end or a tag that stands there."""
    frames = 0
    while place + 4 <= len(content) and (size := frame(content, place)):
        place += size
        frames += 1
    rest = content[place : place + 8]
    tagged = rest[:3] in {b"TAG", b"LYR", b"ID3", b"3DI"} or rest == b"APETAGEX"
    if frames < least or not (tagged or not any(content[place:])):
        raise NotReadError("sound")


def _mp3(content: bytes) -> None:
    """MPEG layer III: frame behind frame, between an ID3 tag and what stands at the end."""
    start = _after_tags(content)
    _framed(content, start, _adts_frame if _adts_frame(content, start) else _mp3_frame)


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


def _adts_frame(content: bytes, place: int) -> int:
    """Return how long the frame of AAC is that begins here, 0 if none does."""
    head = int.from_bytes(content[place : place + 7].ljust(7, b"\0"), "big")
    size = head >> 13 & 0x1FFF
    wrong = head >> 44 != 0xFFF or head >> 41 & 3 or (head >> 34 & 15) > 12 or size < 7  # noqa: PLR2004
    return 0 if wrong else size


_AMR: Final = {
    b"#!AMR\n": (12, 13, 15, 17, 19, 20, 26, 31, 5, 0, 0, 0, 0, 0, 0, 0),
    b"#!AMR-WB\n": (17, 23, 32, 36, 40, 46, 50, 58, 60, 5, 0, 0, 0, 0, 0, 0),
}


def _amr(content: bytes) -> None:
    """Voice as older telephones keep it: a frame of 20 ms behind the next, narrow or wide."""
    head = next((head for head in _AMR if content.startswith(head)), None)
    if head is None:
        raise NotReadError("sound")
    sizes = _AMR[head]
    _framed(content, len(head), lambda held, at: 1 + sizes[held[at] >> 3 & 15], least=1)


def _caf(content: bytes) -> None:
    """Apple's CAF: chunks from end to end, a description and sound among them."""
    chunks, place = set(), 8
    while place + 12 <= len(content):
        name, size = struct.unpack_from(">4sq", content, place)
        if size == -1 and name == b"data":  # up to the end
            size = len(content) - place - 12
        if size < 0 or place + 12 + size > len(content):
            raise NotReadError("sound")
        chunks.add(name)
        place += 12 + size
    if place != len(content) or not {b"desc", b"data"} <= chunks:
        raise NotReadError("sound")


_SEGMENT, _TRACKS, _CLUSTER = 0x18538067, 0x1654AE6B, 0x1F43B675
_ENTRY, _TRACK_TYPE = 0xAE, 0x83
_FILM, _SOUND = 1, 2


def _elements(content: bytes, place: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Yield each element of a Matroska file: its id, and where its content begins and ends."""
    while place < end:
        wide = 9 - content[place].bit_length()
        name = int.from_bytes(content[place : place + wide], "big")
        place += wide
        if place >= end or wide > 4:  # noqa: PLR2004 (an id has four bytes at most)
            raise NotReadError("sound")
        wide = 9 - content[place].bit_length()
        bits = 7 * wide
        size = int.from_bytes(content[place : place + wide], "big") & (1 << bits) - 1
        place += wide
        if size == (1 << bits) - 1:  # recorded as it came: up to the end
            size = end - place
        if wide > 8 or place + size > end:  # noqa: PLR2004
            raise NotReadError("sound")
        yield name, place, place + size
        place += size


def _webm(content: bytes) -> None:
    """WebM and Matroska: elements from end to end, tracks of sound and none of pictures."""
    kinds: set[int] = set()
    clusters = 0
    for segment, start, stop in _elements(content, 0, len(content)):
        if segment != _SEGMENT:
            continue
        for name, begin, end in _elements(content, start, stop):
            clusters += name == _CLUSTER
            if name == _TRACKS:
                kinds |= _track_types(content, begin, end)
    if _FILM in kinds:
        raise NotReadError("film")
    if _SOUND not in kinds or not clusters:
        raise NotReadError("sound")


def _track_types(content: bytes, begin: int, end: int) -> set[int]:
    return {
        int.from_bytes(content[start:stop], "big")
        for entry, first, last in _elements(content, begin, end)
        if entry == _ENTRY
        for name, start, stop in _elements(content, first, last)
        if name == _TRACK_TYPE
    }


READERS: Final[Mapping[str, Callable[[bytes], None]]] = {
    "audio/wav": _wav,
    "audio/ogg": _ogg,
    "audio/mp4": _iso,
    "audio/mpeg": _mp3,
    "audio/aac": _mp3,
    "audio/amr": _amr,
    "audio/x-caf": _caf,
    "audio/webm": _webm,
}
