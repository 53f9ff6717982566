"""Having a file read by a process of its own (`decoding`), which may fail without harm."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from casebound.record.attachments.not_taken import REASONS, NotTakenError

_WAIT: Final = 60.0  # seconds, however busy the machine is
_LINE: Final = 10_000
_at_once = threading.BoundedSemaphore(2)  # a picture may take a gigabyte while it is read


@dataclass(frozen=True, slots=True)
class Examined:
    """What a file turned out to be; of a picture its size in points, and two copies to show.

    Attributes:
        note: keys of `book.attached.NOTES`, if it is read or shown otherwise than one would think.
    """

    width: int = 0
    height: int = 0
    shown: bytes = b""
    thumb: bytes = b""
    note: str = ""


def examine(media_type: str, pieces: Iterable[bytes]) -> Examined:
    """Have a file decoded, all of it.

    Raises:
        NotTakenError: it is not what its first bytes say, or reading it would take too much.
    """
    with _at_once:
        answer, rest = _read_apart(media_type, pieces)
    if answer.get("refused"):
        raise NotTakenError(answer["refused"] if answer["refused"] in REASONS else "unknown")
    copies, place = [], 0
    for size in answer.get("copies", []):
        copies.append(rest[place : place + size])
        place += size
    shown, thumb = copies or (b"", b"")
    size = answer.get("width", 0), answer.get("height", 0)
    return Examined(*size, shown, thumb, note=answer.get("note", ""))


def _read_apart(media_type: str, pieces: Iterable[bytes]) -> tuple[dict[str, Any], bytes]:
    process = subprocess.Popen(  # noqa: S603 (our own program; the type is one of a list)
        [sys.executable, "-I", "-m", "casebound.record.attachments.decoding", media_type],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        # Nothing of this process's own: no place of the data, no address of a database.
        env={"PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1"},
        close_fds=True,
    )
    timer = threading.Timer(_WAIT, process.kill)
    timer.start()
    try:
        with process:
            if process.stdin is None or process.stdout is None:
                raise NotTakenError("demanding")
            with suppress(BrokenPipeError):  # it refused before it had read all
                for piece in pieces:
                    process.stdin.write(piece)
                process.stdin.close()
            line = process.stdout.readline(_LINE)
            rest = process.stdout.read()
    finally:
        timer.cancel()
        process.kill()
    try:
        answer: dict[str, Any] = json.loads(line)
    except ValueError:  # it was ended: too much time, too much memory, or a decoder's mistake
        raise NotTakenError("demanding") from None
    return answer, rest
