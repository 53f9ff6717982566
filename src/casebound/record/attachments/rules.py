"""What may be added to an entry: which types, how large, how many, and what is refused and why.

A type is what the bytes are, never what the file's name or the browser says of them. Drawings with
programs in them (SVG), web pages and films are not taken; the refusal says what to do instead.
"""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

import filetype

from casebound.foundation.base.refusals import RefusedError

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
        return _LABELS[self]


_LABELS: Final = {
    FileKind.PAGE: "Page of a handwritten note",
    FileKind.PHOTOGRAPH: "Photograph",
    FileKind.DOCUMENT: "Document",
    FileKind.SOUND: "Sound",
    FileKind.OTHER: "Something else",
}

LARGEST: Final[Mapping[Sort, int]] = {
    Sort.PICTURE: 25 * MB,
    Sort.PDF: 50 * MB,
    Sort.SOUND: 100 * MB,
    Sort.TEXT: MB,
}
# Said on the page before anybody chooses a file.
LIMITS_IN_WORDS: Final = (
    "Pictures (JPEG, PNG, HEIC, AVIF, TIFF, WebP, GIF) up to 25 MB, PDF up to 50 MB, sound (MP3,"
    " M4A, AAC, AMR, 3GP, WAV, OGG, WebM, CAF) up to 100 MB, plain text up to 1 MB. No films."
    f" At most {MOST_FILES} files, and 200 MB together."
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

_AS_PDF = "Save it as a PDF, or take a photograph of it, and add that."
# Why a file is not taken, and what to do.
REASONS: Final[Mapping[str, tuple[str, str]]] = {
    "unknown": ("It is of a type that casebound does not take.", _AS_PDF),
    "zip": (
        "It is a packed file (ZIP, or an office document), whatever its name says.",
        "Unpack it, or save it as a PDF, and add that.",
    ),
    "svg": (
        "It is an SVG drawing. Such a file can hold a program, so none is taken.",
        "Save the drawing as a PNG, or take a photograph of it, and add that.",
    ),
    "markup": ("It is a web page or code, not plain text.", _AS_PDF),
    "film": (
        "It is a film, and casebound does not take films.",
        "Add a screenshot of what matters. Write down what is seen, and where the film is kept.",
    ),
    "film-like": (
        "It begins as films do, and is not sound of up to 100 MB. casebound takes no films.",
        "Add a screenshot of what matters. Save it again as MP3 or M4A if it is sound.",
    ),
    "empty": ("There is nothing in it.", "Check that the file opens on your device."),
    "picture": (
        "It begins like a picture but cannot be read as one: it is damaged, or something else.",
        "Open it on your device, save it again or take a new photograph, and add that.",
    ),
    "pixels": (
        "The picture has more than 64 million points, or would unpack to an enormous size.",
        "Save it smaller, and add that.",
    ),
    "pdf": ("It begins like a PDF but cannot be read as one.", "Save it again as a PDF."),
    "locked": ("The PDF asks for a password.", "Save it without a password, and add that."),
    "sound": (
        "It begins like sound but cannot be read as such: it is damaged, or something else.",
        "Save it again as MP3, M4A, WAV or OGG, and add that.",
    ),
    "text": (
        "It begins like plain text, but has signs in it that are no text.",
        "Save it again as plain text or as a PDF.",
    ),
    "demanding": (
        "Reading it took too much time or memory.",
        "Save it again in a simpler form, and add that.",
    ),
    "large": ("It is larger than what is taken.", LIMITS_IN_WORDS),
    "together": ("The files of this entry would be too large together.", LIMITS_IN_WORDS),
    "moved": (
        "The draft was moved to another book while the file came.",
        "See whose book it is in now, and add the file again.",
    ),
    "many": (f"There are {MOST_FILES} files already.", "Write a second entry for the others."),
}


# What the author of a draft must know of a file that is taken.
NOTES: Final[Mapping[str, str]] = {
    "windows": "It does not say in which letters it is written. It was read as Windows text.",
    "first": "It holds several pictures or pages. Only the first is shown here and in the entry;"
    " all of them are in the original file.",
}


class NotTakenError(RefusedError):
    """A file is not taken, and why."""

    what = "A file was not added. Everything else is as it was."
    status = 422

    def __init__(self, reason: str, name: str = "") -> None:
        """Say which file, why, and what to do."""
        because, do = REASONS[reason]
        called = f"“{name}”: " if name else ""
        super().__init__(f"{called}{because} {do}")
        self.reason = reason


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
    for beginning, mime in _BEGINNINGS:
        if head.startswith(beginning):
            return mime
    if head[:1] == b"\xff" and len(head) > 2:  # noqa: PLR2004 (a frame's head)
        if head[1] & 0xF6 == 0xF0:  # noqa: PLR2004
            return "audio/aac"
        if head[1] & 0xE6 == 0xE2 and head[1] & 0x18 != 0x08:  # noqa: PLR2004
            return "audio/mpeg"
    return ""


def _guess(head: bytes) -> str:
    guessed = filetype.guess(head)
    if guessed is not None:
        return str(guessed.mime)
    return "application/pdf" if b"%PDF-" in head[:1024] else ""


def _reason_for(media_type: str) -> str:
    if media_type.startswith("video/"):
        return "film"
    return "zip" if "zip" in media_type or "officedocument" in media_type else "unknown"


_SVG = re.compile(rb"<(?:[a-z]+:)?svg[\s/>]", re.IGNORECASE)
_BINARY = re.compile(rb"[\0\x01-\x08\x0e-\x1a\x1c-\x1f]")  # an escape is told on reading
_MARKUP = re.compile(rb"\s*<(?:!doctype|\?xml|html|head|body|script|[a-z]+[\s>])", re.IGNORECASE)


def _text_type(head: bytes) -> str:
    plain = head.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"")  # an UTF-16 one shows through
    if _SVG.search(plain):
        raise NotTakenError("svg")
    if _MARKUP.match(plain):
        raise NotTakenError("markup")
    if head[:2] not in {b"\xff\xfe", b"\xfe\xff"} and _BINARY.search(head):
        raise NotTakenError("unknown")
    return "text/plain"


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
