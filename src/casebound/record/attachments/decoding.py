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

from casebound.record.attachments import letters, pictures, sounds
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


_READERS: Final[Mapping[str, Callable[[bytes], str | None]]] = {
    "application/pdf": _pdf,
    "text/plain": letters.read,
    **sounds.READERS,
}

if __name__ == "__main__":
    main()
