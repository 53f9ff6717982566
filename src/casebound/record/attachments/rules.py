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
    "Pictures (JPEG, PNG, HEIC, WebP, GIF) up to 25 MB, PDF up to 50 MB, sound (MP3, M4A, WAV, OGG)"
    f" up to 100 MB, plain text up to 1 MB. At most {MOST_FILES} files, and 200 MB together."
)
SORTS: Final[Mapping[str, Sort]] = {
    "image/jpeg": Sort.PICTURE,
    "image/png": Sort.PICTURE,
    "image/gif": Sort.PICTURE,
    "image/webp": Sort.PICTURE,
    "image/heic": Sort.PICTURE,
    "application/pdf": Sort.PDF,
    "audio/mpeg": Sort.SOUND,
    "audio/mp4": Sort.SOUND,
    "audio/wav": Sort.SOUND,
    "audio/ogg": Sort.SOUND,
    "text/plain": Sort.TEXT,
}
ENDINGS: Final[Mapping[str, str]] = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/heic": "heic",
    "application/pdf": "pdf",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/wav": "wav",
    "audio/ogg": "ogg",
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
        "It is a film. Films are not taken yet.",
        "Write down what is to be seen, and say where the film is kept.",
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
    "text": ("It is not plain text in UTF-8.", "Save it as plain text (UTF-8) or as a PDF."),
    "demanding": (
        "Reading it took too much time or memory.",
        "Save it again in a simpler form, and add that.",
    ),
    "large": ("It is larger than what is taken.", LIMITS_IN_WORDS),
    "together": ("The files of this entry would be too large together.", LIMITS_IN_WORDS),
    "many": (f"There are {MOST_FILES} files already.", "Write a second entry for the others."),
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
    guessed = filetype.guess(head)
    if guessed is not None:
        mime = str(guessed.mime)
        called = _CALLED.get(mime, mime)
        if called in SORTS:
            return called
        raise NotTakenError(_reason_for(called))
    return _text_type(head)


def _reason_for(media_type: str) -> str:
    if media_type.startswith("video/"):
        return "film"
    return "zip" if "zip" in media_type or "officedocument" in media_type else "unknown"


_SVG = re.compile(rb"<(?:[a-z]+:)?svg[\s/>]", re.IGNORECASE)
_MARKUP = re.compile(rb"\s*<(?:!doctype|\?xml|html|head|body|script|[a-z]+[\s>])", re.IGNORECASE)


def _text_type(head: bytes) -> str:
    plain = head.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"")  # an UTF-16 one shows through
    if _SVG.search(plain):
        raise NotTakenError("svg")
    if _MARKUP.match(plain):
        raise NotTakenError("markup")
    if b"\0" in head:
        raise NotTakenError("unknown")
    try:
        # A letter may be cut in two where the head ends.
        head.decode("utf-8") if len(head) < HEAD else head[:-3].decode("utf-8", "strict")
    except UnicodeDecodeError as wrong:
        if wrong.end < len(head) - 6:
            raise NotTakenError("unknown") from None
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
