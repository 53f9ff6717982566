"""The high-water mark: how far the log has reached, stored outside the database (format, 9a).

An older copy of the database is consistent in itself. This file says that the log was longer, or
had another root at that length. It is written after every seal without waiting for the disk. So a
power cut may leave a mark that is a little behind the log, and never ahead of it, because the log's
rows are on the disk first. The witness detects a person who changes both the file and the database.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from casebound.foundation.base.refusals import RefusedError

_LENGTH = 128  # always the same, so that a new mark replaces the old one completely


class RolledBackError(RefusedError):
    """The log is shorter than it was before."""

    what = "Nothing can be sealed: the log is shorter than it was."
    why = "An older copy of the database seems to have been put back, so signed pages are missing."
    do = "Put the newest copy of the database back, then run `casebound verify`. Nothing is lost."


@dataclass(frozen=True, slots=True)
class HighWater:
    """A size that the log has had, and its root at that size."""

    size: int
    root: bytes


def path() -> Path:
    """Return the path of the mark."""
    return settings.INSTALLATION.data / "highwater.json"


def write(mark: HighWater) -> None:
    """Write a mark. About 10 us; one write, so that a reader sees the old mark or the new one."""
    line = f'{{"size": {mark.size}, "root": "{mark.root.hex()}"}}'.ljust(_LENGTH - 1) + "\n"
    where = path()
    file = os.open(where, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        os.write(file, line.encode())
    finally:
        os.close(file)
    _known[where] = mark.size


def read() -> HighWater | None:
    """Return the mark, or None if there is none yet.

    Raises:
        ValueError: the file is not one this module wrote.
    """
    try:
        with path().open("rb") as file:
            fields = json.loads(file.read())
        return HighWater(int(fields["size"]), bytes.fromhex(fields["root"]))
    except FileNotFoundError:
        return None
    except (KeyError, TypeError, UnicodeDecodeError) as wrong:
        raise ValueError("the high-water mark cannot be read") from wrong


def check_size(size: int) -> None:
    """Make sure that a log of `size` is no shorter than this process knows it to have been.

    The file is read once; afterwards the process remembers. A mark that cannot be read does not
    stop work; `verify` reports it.

    Raises:
        RolledBackError: it is shorter.
    """
    where = path()
    size_before = _known.get(where)
    if size_before is None:
        try:
            mark = read()
        except ValueError:
            mark = None
        size_before = _known[where] = mark.size if mark else 0
    if size < size_before:
        raise RolledBackError(f"It has {size:,} lines, and had {size_before:,}.")


_known: dict[Path, int] = {}  # the largest size of the log that this process wrote or read
