"""Reading plain text, in whichever letters it was written."""

from typing import Final
from unicodedata import category

from casebound.record.attachments.not_read import NotReadError

_PLAIN: Final = frozenset("\t\n\r\f")
_NO_LETTERS: Final = {"Cc", "Cn", "Co", "Cs"}  # controls, and what stands for no sign
_WINDOWS: Final = frozenset("€‚„…‘’“”•–—™\xa0¡¢£§¨©ª«®°±²³´·¹º»¼½¾¿×÷")  # noqa: RUF001 (the very signs)
_RARELY: Final = 16  # of so many signs one at least is plain: a space, or the end of a line


def read(content: bytes) -> str:
    """Read text; return how it was read where that is a guess: `windows`, `utf-16`, or "".

    Raises:
        NotReadError: it is no text, or a drawing.
    """
    encoding, text = _decoded(content)
    if any(sign < " " and sign not in _PLAIN for sign in text):
        raise NotReadError("text")
    if encoding == "utf-16" and any(category(sign) == "Cn" for sign in text):
        raise NotReadError("text")
    if encoding == "windows" and not _like_windows(text):
        raise NotReadError("text")
    if "<svg" in text.lower():
        raise NotReadError("svg")
    marked = content[:2] in {b"\xff\xfe", b"\xfe\xff"}
    return "" if encoding == "utf-8" or marked else encoding


def _decoded(content: bytes) -> tuple[str, str]:
    """Decode text in UTF-16, in UTF-8, or as Windows writes it in England."""
    marked = content[:2] in {b"\xff\xfe", b"\xfe\xff"}
    wide_one = "utf-16" if marked else wide(content)
    tries = {"utf-16": wide_one} if wide_one else {"utf-8": "utf-8", "windows": "cp1252"}
    for called, encoding in tries.items():
        try:
            return called, content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotReadError("text")


def wide(head: bytes) -> str:
    """Return which UTF-16 the first bytes are, written without its mark; "" if neither.

    Bytes of a program hardly ever read so: each two of them must be a sign that exists, none a
    control character, and some of them plain.
    """
    if b"\0" not in head:
        return ""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = head[: len(head) // 2 * 2].decode(encoding)
        except UnicodeDecodeError as wrong:
            if wrong.end < len(head) - 1:
                continue
            text = head[: wrong.start].decode(encoding)  # cut within a sign of four bytes
        plain = sum(sign.isascii() for sign in text)
        real = all(sign in _PLAIN or category(sign) not in _NO_LETTERS for sign in text)
        if real and _RARELY * plain >= len(text) > 0:
            return encoding
    return ""


def _like_windows(text: str) -> bool:
    """Say whether it reads as English does: any bytes at all can be decoded as Windows text.

    Text of another alphabet would be shown in wrong letters, and so would a program's.
    """
    plain = sum(sign.isascii() for sign in text)
    usual = all(sign.isascii() or sign.isalpha() or sign in _WINDOWS for sign in text)
    return usual and "\x7f" not in text and 3 * plain >= 2 * len(text)
