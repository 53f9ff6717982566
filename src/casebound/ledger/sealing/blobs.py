"""Attached files: encrypted bytes under random names beside the databases (format, section 2).

A file is on the disk before the entry that has it commits, so a crash in between leaves a file
that nobody knows, and never an entry without its file. `remove_strays` takes such files away.
"""

import os
import secrets
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

_NAME = 32  # hex digits; the first two name a folder, so that none has too many files


@dataclass(frozen=True, slots=True)
class Stored:
    """A file as it lies on the disk: its random name, and the hash and size of its bytes."""

    locator: str
    digest: bytes
    size: int


def folder() -> Path:
    """Return where attached files lie."""
    return settings.INSTALLATION.data / "blobs"


def write(pieces: Iterable[bytes]) -> Stored:
    """Write encrypted bytes as they come; they are on the disk when this returns.

    Raises:
        OSError: there is no room, for one thing. What was written of it is gone again.
    """
    locator = secrets.token_hex(_NAME // 2)
    path = _path(locator)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = sha256(), 0
    try:
        path.touch(mode=0o600, exist_ok=False)
        with path.open("wb") as file:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)
    return Stored(locator, digest.digest(), size)


def read(locator: str) -> BinaryIO:
    """Open a file for reading.

    Raises:
        FileNotFoundError: it is gone.
    """
    return _path(locator).open("rb")


def digest_of(locator: str) -> bytes | None:
    """Return the hash of a file's bytes as they are now, or None if it is gone."""
    try:
        with read(locator) as file:
            return hashed(file)
    except FileNotFoundError:
        return None


def hashed(file: BinaryIO) -> bytes:
    """Return the hash of an open file's bytes, never holding more than a piece of it."""
    digest = sha256()
    while piece := file.read(1024 * 1024):
        digest.update(piece)
    return digest.digest()


def remove(locator: str) -> None:
    """Remove a file that no entry has. Nothing happens if it is gone already."""
    _path(locator).unlink(missing_ok=True)


def remove_strays(known: Collection[str], *, before: datetime) -> int:
    """Remove files last written before a moment whose names are not `known`; return how many."""
    gone = 0
    for path in _all():
        if path.name not in known and path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def _all() -> Iterator[Path]:
    for inner in sorted(folder().glob("[0-9a-f][0-9a-f]")):
        yield from inner.iterdir()


def _path(locator: str) -> Path:
    if len(locator) != _NAME or not set(locator) <= set("0123456789abcdef"):
        raise FileNotFoundError(locator)
    return folder() / locator[:2] / locator


def _sync_folder(path: Path) -> None:
    for one in (path, path.parent):
        handle = os.open(one, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
