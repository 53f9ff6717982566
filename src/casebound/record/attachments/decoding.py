"""Reading a file that came from outside, in a process that may fail without harm.

Run as `python -m casebound.record.attachments.decoding TYPE`: the file comes on standard input, a
line of JSON and the copies of a picture go to standard output. Whatever a decoder's mistake could
do, it does here, without the keys, without the databases, with little time and memory. Nothing of
Django or of the house is imported.

A file is what it says when the picture that is shown, or all of the sound, reads so.
"""

import json
import resource
import sys
from collections.abc import Callable, Mapping
from typing import Any, Final
from unicodedata import category

from casebound.record.attachments import pictures, sounds
from casebound.record.attachments.not_read import NotReadError

MEMORY: Final = 1536 * 1024 * 1024  # bytes of address space, libraries and the file included
SECONDS: Final = 30  # of the processor


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
    if media_type in pictures.KINDS:
        return pictures.read(pictures.KINDS[media_type], content)
    return {"note": _READERS[media_type](content) or ""}, []


def _pdf(content: bytes) -> None:
    import pypdfium2  # noqa: PLC0415

    try:
        with pypdfium2.PdfDocument(content) as document:
            if len(document) == 0:
                raise NotReadError("pdf")
            document[0].get_size()
    except pypdfium2.PdfiumError as wrong:
        raise NotReadError("locked" if "assword" in str(wrong) else "pdf") from None


def _text(content: bytes) -> str:
    """Read text; return `windows` if it is read as Windows writes it, which is a guess."""
    encoding, text = _letters(content)
    if any(sign < " " and sign not in "\t\n\r\f" for sign in text):
        raise NotReadError("text")
    if encoding == "utf-16" and any(category(sign) == "Cn" for sign in text):
        raise NotReadError("text")
    if encoding == "cp1252" and not _like_windows(text):
        raise NotReadError("text")
    if "<svg" in text.lower():
        raise NotReadError("svg")
    return "windows" if encoding == "cp1252" else ""


_WINDOWS: Final = frozenset("€‚„…‘’“”•–—™\xa0¡¢£§¨©ª«®°±²³´·¹º»¼½¾¿×÷")  # noqa: RUF001 (the very signs)


def _letters(content: bytes) -> tuple[str, str]:
    """Decode text in UTF-16 with its mark, in UTF-8, or as Windows writes it in England."""
    marked = content[:2] in {b"\xff\xfe", b"\xfe\xff"}
    for encoding in ("utf-16",) if marked else ("utf-8", "cp1252"):
        try:
            return encoding, content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotReadError("text")


def _like_windows(text: str) -> bool:
    """Say whether it reads as English does: any bytes at all can be decoded as Windows text.

    Text of another alphabet would be shown in wrong letters, and so would a program's.
    """
    plain = sum(sign.isascii() for sign in text)
    usual = all(sign.isascii() or sign.isalpha() or sign in _WINDOWS for sign in text)
    return usual and "\x7f" not in text and 3 * plain >= 2 * len(text)


_READERS: Final[Mapping[str, Callable[[bytes], str | None]]] = {
    "application/pdf": _pdf,
    "text/plain": _text,
    **sounds.READERS,
}

if __name__ == "__main__":
    main()
