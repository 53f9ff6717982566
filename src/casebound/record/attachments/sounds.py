"""Walking sound from end to end by its own frames, pages, boxes or chunks.

No decoder of sound is installed: what a file is follows from its tracks, never from its brand. A
film's brand with one track of sound in it is sound; a sound's brand with a track of film is a film.

A reader returns `UNPLAYED` for sound that is whole but that browsers do not play: pages say so.
"""

import re
import struct
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from casebound.record.attachments.not_read import NotReadError

UNPLAYED: Final = "unplayed"
_WAVES_PLAYED: Final = {1, 3, 6, 7}  # whole numbers, fractions, and the two laws of telephones
_EXTENSIBLE: Final = 0xFFFE  # the true number stands further behind


def _wav(content: bytes) -> str:
    """RIFF: chunks that fill the file, a format and sound among them."""
    chunks: dict[bytes, int] = {}
    place = 12
    while place + 8 <= len(content):
        name, size = struct.unpack_from("<4sI", content, place)
        if name == b"data" and size in {0, 0xFFFFFFFF}:  # recorded as it came: up to the end
            size = len(content) - place - 8
        if place + 8 + size > len(content):
            raise NotReadError("sound")
        chunks.setdefault(name, place + 8)
        place += 8 + size + size % 2
    if content[8:12] != b"WAVE" or not {b"fmt ", b"data"} <= set(chunks) or place < len(content):
        raise NotReadError("sound")
    form = int.from_bytes(content[chunks[b"fmt "] :][:2], "little")
    if form == _EXTENSIBLE:
        form = int.from_bytes(content[chunks[b"fmt "] + 24 :][:2], "little")
    return "" if form in _WAVES_PLAYED else UNPLAYED


def _ogg(content: bytes) -> str:
    """Ogg: pages from end to end, and in the first one a kind of sound."""
    place = pages = 0
    while place < len(content):
        if content[place : place + 4] != b"OggS" or place + 27 > len(content):
            raise NotReadError("sound")
        count = content[place + 26]
        lengths = content[place + 27 : place + 27 + count]
        place += 27 + count + sum(lengths)
        pages += 1
    if any(film in content[:400] for film in (b"\x80theora", b"OVP80", b"BBCD\0", b"\1video")):
        raise NotReadError("film")
    codecs = (b"\x01vorbis", b"OpusHead", b"Speex  ", b"\x7fFLAC")
    if place != len(content) or pages < 2 or not any(codec in content[:200] for codec in codecs):  # noqa: PLR2004
        raise NotReadError("sound")
    return UNPLAYED if b"Speex  " in content[:200] else ""


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


# Older telephones write no brand: their file begins with the tracks, or with nothing much.
FIRST_BOXES: Final = {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}
_SOUND_BRANDS: Final = {b"M4A ", b"M4B ", b"M4P ", b"F4A ", b"F4B "}
_FILM_TRACK = re.compile(rb"hdlr.{8}vide|\x86[\x80-\xbf]V_", re.DOTALL)


def film_at(head: bytes) -> str:
    """Say whether the first bytes are of a film: `film`, `film-like`, or "".

    A telephone writes the tracks behind the film, so its brand may be all that is known yet.
    """
    if _FILM_TRACK.search(head):
        return "film"
    told = head[4:8] in FIRST_BOXES and head[8:12] not in _SOUND_BRANDS
    return "film-like" if told else ""


def _iso(content: bytes) -> str:
    """As `_tracks`; who sees a broken film is not told that it is broken sound."""
    try:
        return _tracks(content)
    except NotReadError as wrong:
        if wrong.args[0] == "sound" and film_at(content[:64]):
            raise NotReadError("film-like") from None
        raise


_CODECS_PLAYED: Final = {b"mp4a", b"Opus", b"fLaC", b".mp3"}


def _tracks(content: bytes) -> str:
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
    way = (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd")
    lists = (start for start, _ in _inside(content, 0, len(content), *way))
    codecs = {content[start + 12 : start + 16] for start in lists}
    return "" if codecs <= _CODECS_PLAYED else UNPLAYED


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
    while place < len(content) and (size := frame(content, place)):
        place += size
        frames += 1
    rest = content[place : place + 8]
    tagged = rest[:3] in {b"TAG", b"LYR", b"ID3", b"3DI"} or rest == b"APETAGEX"
    cut = len(content) - place < 4  # noqa: PLR2004 (the recorder was stopped within a frame's head)
    if frames < least or not (tagged or cut or not any(content[place:])):
        raise NotReadError("sound")


_LOST: Final = 4096  # bytes before the first frame that may be of no use
_IN_A_ROW: Final = 3  # frames of one kind: chance does not make three


def first_frame(content: bytes) -> int | None:
    """Return where the first frame of MP3 or AAC begins, behind tags and bytes of no use.

    The first bytes of a file are enough for it, unless a tag is longer than they are.
    """
    start = _after_tags(content)
    place = start
    while 0 <= (place := content.find(b"\xff", place)) <= start + _LOST:
        if any(_in_a_row(content, place, frame) for frame in (_mp3_frame, _adts_frame)):
            return place
        place += 1
    return None


def is_aac(content: bytes, place: int) -> bool:
    """Say whether the frame that begins here is one of AAC."""
    return _adts_frame(content, place) > 0


def _in_a_row(content: bytes, place: int, frame: Callable[[bytes, int], int]) -> bool:
    """Say whether several frames of one kind stand here, one behind the other."""
    first = content[place + 1 : place + 2]
    for _ in range(_IN_A_ROW):
        kind = content[place + 1 : place + 2]
        # The last bit says whether a frame carries a sum of its bytes: the first may have none.
        if not kind or kind[0] >> 1 != first[0] >> 1 or not (size := frame(content, place)):
            return False
        place += size
    return True


def _mp3(content: bytes) -> str:
    """MPEG layer III or AAC: frame behind frame, between tags and what stands at the end."""
    start = first_frame(content)
    if start is None:
        raise NotReadError("sound")
    _framed(content, start, _adts_frame if is_aac(content, start) else _mp3_frame)
    return ""


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


def _amr(content: bytes) -> str:
    """Voice as older telephones keep it: a frame of 20 ms behind the next, narrow or wide."""
    head = next((head for head in _AMR if content.startswith(head)), None)
    if head is None:
        raise NotReadError("sound")
    sizes = _AMR[head]
    _framed(content, len(head), lambda held, at: 1 + sizes[held[at] >> 3 & 15], least=1)
    return UNPLAYED


def _caf(content: bytes) -> str:
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
    return UNPLAYED  # Safari plays it, and no other


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


def _webm(content: bytes) -> str:
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
    return "" if b"A_OPUS" in content or b"A_VORBIS" in content else UNPLAYED


def _track_types(content: bytes, begin: int, end: int) -> set[int]:
    return {
        int.from_bytes(content[start:stop], "big")
        for entry, first, last in _elements(content, begin, end)
        if entry == _ENTRY
        for name, start, stop in _elements(content, first, last)
        if name == _TRACK_TYPE
    }


READERS: Final[Mapping[str, Callable[[bytes], str]]] = {
    "audio/wav": _wav,
    "audio/ogg": _ogg,
    "audio/mp4": _iso,
    "audio/mpeg": _mp3,
    "audio/aac": _mp3,
    "audio/amr": _amr,
    "audio/x-caf": _caf,
    "audio/webm": _webm,
}
