"""What may be added to an entry: which types, how large, how many, and what is refused and why.

A type is what the bytes are, never what the file's name or the browser says of them. Drawings with
programs in them (SVG), web pages and films are not taken (`not_taken` says what to do instead).
"""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

import filetype

from casebound.foundation.base.messages import gettext, gettext_noop
from casebound.record.attachments import letters, sounds
from casebound.record.attachments.not_taken import NotTakenError

MB: Final = 1024 * 1024
HEAD: Final = 8 * 1024  # bytes from which a type is told
MOST_FILES: Final = 12  # each has up to 5 parts, of the 200 of an entry
LARGEST_TOGETHER: Final = 200 * MB
LONGEST_ALT: Final = 2000
LARGEST_SCALE: Final = 10_000  # millimetres


class Sort(StrEnum):
    """What a file is to a person who opens it."""

    PICTURE = "picture"
    PDF = "pdf"
    SOUND = "sound"
    TEXT = "text"


class FileKind(StrEnum):
    """What a file is to the entry, as its author says."""

    PAGE = "page"
    PHOTOGRAPH = "photograph"
    DOCUMENT = "document"
    SOUND = "sound"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The words of the screen."""
        return gettext(_LABELS[self])


_LABELS: Final = {
    FileKind.PAGE: gettext_noop("Page of a handwritten note"),
    FileKind.PHOTOGRAPH: gettext_noop("Photograph"),
    FileKind.DOCUMENT: gettext_noop("Document"),
    FileKind.SOUND: gettext_noop("Sound"),
    FileKind.OTHER: gettext_noop("Something else"),
}

LARGEST: Final[Mapping[Sort, int]] = {
    Sort.PICTURE: 25 * MB,
    Sort.PDF: 50 * MB,
    Sort.SOUND: 100 * MB,
    Sort.TEXT: MB,
}
# Said on the page before anybody chooses a file.
LIMITS: Final = (
    gettext_noop(
        "Pictures (JPEG, PNG, HEIC, AVIF, TIFF, WebP, GIF): up to 25 MB and 64 million pixels"
    ),
    gettext_noop("PDF: up to 50 MB"),
    gettext_noop("Sound (MP3, M4A, AAC, AMR, 3GP, WAV, OGG, WebM, CAF): up to 100 MB"),
    gettext_noop("Plain text: up to 1 MB"),
    gettext_noop("At most 12 files an entry, and 200 MB together"),
    gettext_noop("No films: add screenshots, and write what is seen and where the film is kept"),
)
# Some telephones do not offer a file of sound as `audio/*`.
OFFERED: Final = (
    "image/*,.heic,.heif,.avif,.tif,.tiff,application/pdf,audio/*,.3gp,.3ga,.amr,.awb,.aac,.caf"
    ",.m4a,.qta,.weba,.oga,.opus,text/plain,.txt"
)
SORTS: Final[Mapping[str, Sort]] = {
    "image/jpeg": Sort.PICTURE,
    "image/png": Sort.PICTURE,
    "image/gif": Sort.PICTURE,
    "image/webp": Sort.PICTURE,
    "image/heic": Sort.PICTURE,
    "image/avif": Sort.PICTURE,
    "image/tiff": Sort.PICTURE,
    "application/pdf": Sort.PDF,
    "audio/mpeg": Sort.SOUND,
    "audio/mp4": Sort.SOUND,
    "audio/wav": Sort.SOUND,
    "audio/ogg": Sort.SOUND,
    "audio/aac": Sort.SOUND,
    "audio/amr": Sort.SOUND,
    "audio/x-caf": Sort.SOUND,
    "audio/webm": Sort.SOUND,
    "text/plain": Sort.TEXT,
}
ENDINGS: Final[Mapping[str, str]] = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/heic": "heic",
    "image/avif": "avif",
    "image/tiff": "tif",
    "application/pdf": "pdf",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/wav": "wav",
    "audio/ogg": "ogg",
    "audio/aac": "aac",
    "audio/amr": "amr",
    "audio/x-caf": "caf",
    "audio/webm": "webm",
    "text/plain": "txt",
}
USUAL_KIND: Final[Mapping[Sort, FileKind]] = {
    Sort.PICTURE: FileKind.PHOTOGRAPH,
    Sort.PDF: FileKind.DOCUMENT,
    Sort.SOUND: FileKind.SOUND,
    Sort.TEXT: FileKind.DOCUMENT,
}
# The same thing by the other names it goes by.
_CALLED: Final[Mapping[str, str]] = {
    "audio/x-wav": "audio/wav",
    "audio/m4a": "audio/mp4",
    "audio/x-m4a": "audio/mp4",
    "image/apng": "image/png",
    "image/heif": "image/heic",
    # Its tracks tell sound from film, not its brand.
    "video/mp4": "audio/mp4",
    "video/x-m4v": "audio/mp4",
    "video/3gpp": "audio/mp4",
    "video/quicktime": "audio/mp4",
    "video/webm": "audio/webm",
    "video/x-matroska": "audio/webm",
}


def type_of(head: bytes) -> str:
    """Return the media type that the first bytes of a file tell of.

    What they tell is only where examining begins: HTML behind the first bytes of a JPEG looks like
    a JPEG here, and is found out when it is decoded.

    Raises:
        NotTakenError: it is of no type that is taken.
    """
    mime = _own_guess(head) or _guess(head)
    if mime:
        called = _CALLED.get(mime, mime)
        if called in SORTS:
            return called
        raise NotTakenError(_reason_for(called))
    return _text_type(head)


_ISO: Final[Mapping[bytes, str]] = {
    b"avif": "image/avif",
    b"avis": "image/avif",
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"heim": "image/heic",
    b"heis": "image/heic",
    b"hevc": "image/heic",
    b"hevx": "image/heic",
    b"mif1": "image/heic",
    b"msf1": "image/heic",
}
_BEGINNINGS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"#!AMR", "audio/amr"),
    (b"caff\0\1", "audio/x-caf"),
    (b"\x1aE\xdf\xa3", "audio/webm"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
)


def _own_guess(head: bytes) -> str:
    """Tell the types that `filetype` does not, or tells by their brand; "" if it is none."""
    if head[4:8] == b"ftyp":
        brands = [head[8:12], *(head[i : i + 4] for i in range(16, min(head[3], 64), 4))]
        if b"avif" in brands or b"avis" in brands:
            return "image/avif"
        return next((_ISO[brand] for brand in brands if brand in _ISO), "audio/mp4")
    if head[4:8] in sounds.FIRST_BOXES:
        return "audio/mp4"
    for beginning, mime in _BEGINNINGS:
        if head.startswith(beginning):
            return mime
    return _framed(head) if head.startswith((b"\xff", b"ID3")) else ""


def _framed(head: bytes) -> str:
    """Tell sound that is frames alone, with a tag or other bytes before the first; "" if none."""
    if (place := sounds.first_frame(head)) is not None:
        return "audio/aac" if sounds.is_aac(head, place) else "audio/mpeg"
    return "audio/mpeg" if head.startswith(b"ID3") else ""  # behind a tag with a picture in it


def _guess(head: bytes) -> str:
    guessed = filetype.guess(head)
    if guessed is not None:
        return str(guessed.mime)
    return "application/pdf" if b"%PDF-" in head[:1024] else ""


_OTHER_KINDS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"\xff\x0a", "picture-kind"),  # JPEG XL
    (b"\0\0\0\x0cJXL ", "picture-kind"),
    (b"\0\0\0\x0cjP  ", "picture-kind"),  # JPEG 2000
    (b"\xd0\xcf\x11\xe0", "zip"),  # an office document of before 2007
    (b"\xff\xfc", "sound-kind"),  # MPEG layer II
    (b"\xff\xfd", "sound-kind"),
)
_PACKED: Final = ("zip", "officedocument", "opendocument", "compressed", "x-tar", "msword")


def _reason_for(media_type: str) -> str:
    if media_type in {"video/x-ms-wmv", "video/x-ms-asf"}:
        return "film-like"  # what Windows records: sound or a film
    for sort, reason in (
        ("video/", "film"), ("audio/", "sound-kind"), ("image/", "picture-kind"),
    ):  # fmt: skip
        if media_type.startswith(sort):
            return reason
    return "zip" if any(packed in media_type for packed in _PACKED) else "unknown"


def _other_kind(head: bytes) -> str:
    """Say what a file is whose type nobody knows: a camera's film, a picture, a document."""
    if len(head) > 2 * 188 and head[:1] == head[188:189] == head[376:377] == b"G":
        return "film"  # packets, as camcorders write them
    return next((reason for start, reason in _OTHER_KINDS if head.startswith(start)), "unknown")


_SVG = re.compile(rb"<(?:[a-z]+:)?svg[\s/>]", re.IGNORECASE)
_BINARY = re.compile(rb"[\0\x01-\x08\x0e-\x1a\x1c-\x1f]")  # an escape is told on reading
_MARKUP = re.compile(rb"\s*<(?:!doctype|\?xml|html|head|body|script|[a-z]+[\s>])", re.IGNORECASE)


def _text_type(head: bytes) -> str:
    plain = head.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"")  # an UTF-16 one shows through
    if _SVG.search(plain):
        raise NotTakenError("svg")
    if _MARKUP.match(plain):
        raise NotTakenError("markup")
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"} or not _BINARY.search(head):
        return "text/plain"
    if letters.wide(head):
        return "text/plain"
    if framed := _framed(head):
        return framed
    raise NotTakenError(_other_kind(head))


_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\<>:"|?*]')


def clean_name(name: str) -> str:
    """Return a file's name as it may be kept, inside the sealed part alone: at most 100 signs.

    Without folders, control characters and what turns the direction of reading.
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = unicodedata.normalize("NFC", last)
    printable = "".join(
        sign for sign in plain if unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )
    return _UNSAFE.sub(" ", printable).strip(" .")[:100]
