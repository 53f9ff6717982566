"""The high-water mark: how far the log has reached, stored outside the database (format, 9a).

An older copy of the database is consistent in itself. This file says that the log was longer, or
had another root at that length. It is written after every seal without waiting for the disk. So a
power cut may leave a mark that is a little behind the log, and never ahead of it, because the log's
rows are on the disk first. Only the first mark waits for the disk, so that no power cut leaves a
log of more lines without one. The witness detects a person who changes both the file and the
database.

The mark only grows. A log of more than one line without a mark may be an old copy, so nothing is
sealed until somebody has compared it with a receipt (`casebound restore-mark`).
"""

import fcntl
import json
import os
from collections.abc import Callable
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


class MarkMissingError(RefusedError):
    """There is no mark, or it cannot be read, and the log has entries."""

    what = "Nothing can be sealed: the mark that says how long the log was is missing."
    why = "Without it nobody can tell whether this is an older copy with signed pages missing."
    do = (
        "Your draft is kept. Ask the person who looks after casebound to run"
        " `casebound restore-mark`, which says what to compare."
    )


class AnotherLogError(RefusedError):
    """The log had another root when it was as long as the mark says."""

    what = "Nothing can be sealed: the log is not the one it was."
    why = "Another copy of the database seems to have been put in its place."
    do = "Put the right copy of the database back, then run `casebound verify`. Nothing is lost."


@dataclass(frozen=True, slots=True)
class HighWater:
    """A size that the log has had, and its root at that size."""

    size: int
    root: bytes


def path() -> Path:
    """Return the path of the mark."""
    return settings.INSTALLATION.data / "highwater.json"


def write(mark: HighWater) -> None:
    """Write a mark unless the one that is there is further. About 20 us, but for the first.

    It is one write, so that a reader sees the old mark or the new one. Several processes may have
    sealed meanwhile and come here in any order.
    """
    line = f'{{"size": {mark.size}, "root": "{mark.root.hex()}"}}'.ljust(_LENGTH - 1) + "\n"
    where = path()
    file = os.open(where, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        size_before = _size_in(os.pread(file, _LENGTH, 0))
        if size_before < mark.size:
            os.pwrite(file, line.encode(), 0)
        if size_before == 0:
            os.fsync(file)
            _sync_folder(where.parent)
    finally:
        os.close(file)
    _known[where] = max(mark.size, _known.get(where, 0))


def _sync_folder(folder: Path) -> None:
    """Wait until the names of the files in a folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read() -> HighWater | None:
    """Return the mark, or None if there is none yet.

    Raises:
        ValueError: the file is not one this module wrote.
    """
    try:
        content = path().read_bytes()
    except FileNotFoundError:
        return None
    return _mark_in(content)


def _mark_in(content: bytes) -> HighWater:
    try:
        fields = json.loads(content)
        return HighWater(int(fields["size"]), bytes.fromhex(fields["root"]))
    except (KeyError, TypeError, UnicodeDecodeError) as wrong:
        raise ValueError("the high-water mark cannot be read") from wrong


def _size_in(content: bytes) -> int:
    """Return the size of a mark; 0 if there is none to keep."""
    try:
        return _mark_in(content).size
    except ValueError:
        return 0


def check_size(size: int) -> None:
    """Make sure that a log of `size` is no shorter than this process knows it to have been.

    The file is read once; afterwards the process remembers.

    Raises:
        RolledBackError: it is shorter.
        MarkMissingError: it has more than one line, and there is no mark that can be read.
    """
    where = path()
    size_before = _known.get(where)
    if size_before is None:
        try:
            mark = read()
        except ValueError:
            mark = None
        if mark is None and size > 1:
            raise MarkMissingError
        size_before = mark.size if mark else 0
        if mark is not None:
            _known[where] = mark.size
    if size < size_before:
        raise RolledBackError(f"It has {size:,} lines, and had {size_before:,}.")


def is_gone() -> bool:
    """Say whether there is no mark that can be read. Of a log with entries, that stops sealing."""
    try:
        return read() is None
    except (OSError, ValueError):
        return True


def check_root(root_at: Callable[[int], bytes | None]) -> None:
    """Make sure that the log has the root of the mark at its size; the log is no shorter.

    Raises:
        AnotherLogError: it has another root.
    """
    mark = read()
    if mark is not None and root_at(mark.size) != mark.root:
        raise AnotherLogError


_known: dict[Path, int] = {}  # the largest size of the log that this process wrote or read
