"""Attached files: encrypted bytes under random names beside the databases (format, section 2).

A file is on the disk before its entry commits. So a crash in between leaves a file without an
entry, and never an entry without its file. `remove_strays` removes such files.
"""

import os
import secrets
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final

from django.conf import settings

from casebound.ledger.sealing.connection import StoreConnection

_NAME = 32  # hex digits; the first two name a folder, so that none has too many files


@dataclass(frozen=True, slots=True)
class Stored:
    """A file on the disk: its random name, and the hash and size of its bytes."""

    locator: str
    digest: bytes
    size: int


def folder() -> Path:
    """Return the folder of the attached files."""
    return settings.INSTALLATION.data / "blobs"


def write(pieces: Iterable[bytes]) -> Stored:
    """Write encrypted bytes as they come. They are on the disk when this returns.

    Raises:
        OSError: such as a full disk. The part that was written is removed.
    """
    writing = Writing()
    try:
        for piece in pieces:
            writing.add(piece)
        return writing.keep()
    except BaseException:
        writing.abandon()
        raise


class Writing:
    """A file that is being written. It is complete only when `keep` has returned."""

    def __init__(self) -> None:
        """Begin a file under a random name, for this user alone."""
        self.locator = secrets.token_hex(_NAME // 2)
        self._path = _path(self.locator)
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        opened = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._file = os.fdopen(opened, "wb")
        self._digest, self._size = sha256(), 0

    def add(self, piece: bytes) -> None:
        """Write the next piece."""
        self._digest.update(piece)
        self._size += len(piece)
        self._file.write(piece)

    def keep(self) -> Stored:
        """Flush the file's bytes and its name to the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        _sync_folder(self._path.parent)
        return Stored(self.locator, self._digest.digest(), self._size)

    def abandon(self) -> None:
        """Remove what was written."""
        with suppress(OSError):  # what did not fit on the disk cannot be flushed either
            self._file.close()
        self._path.unlink(missing_ok=True)


def read(locator: str) -> BinaryIO:
    """Open a file for reading.

    Raises:
        FileNotFoundError: it is gone.
    """
    return _path(locator).open("rb")


UNREAD: Final = b"unread"  # in place of the hash of a file that is there and cannot be read


def digest_of(locator: str) -> bytes | None:
    """Return the hash of a file's bytes as they are now, or None if it is gone.

    `UNREAD` if it cannot be read, or if the whole folder is not there.
    """
    try:
        with read(locator) as file:
            return hashed(file)
    except FileNotFoundError:
        return None if folder().is_dir() else UNREAD
    except OSError:
        return UNREAD


def digests_of(store: StoreConnection, entries: Sequence[str]) -> dict[str, list[bytes]]:
    """Return the hashes of the files of each entry, in part order. 1 query.

    The hash of a file that is gone is empty; `UNREAD` stands for one that cannot be read.
    """
    if not entries:
        return {}
    rows = store.execute(
        "SELECT entry_id, locator FROM entry_blob"  # noqa: S608 (marks alone)
        f" WHERE entry_id IN ({','.join(['%s'] * len(entries))}) ORDER BY entry_id, part",
        list(entries),
    ).fetchall()
    files: dict[str, list[bytes]] = {}
    for entry, locator in rows:
        files.setdefault(entry, []).append(digest_of(locator) or b"")
    return files


def is_readable(locator: str) -> bool:
    """Say whether a file is there and can be opened."""
    try:
        read(locator).close()
    except OSError:
        return False
    return True


def hashed(file: BinaryIO) -> bytes:
    """Return the hash of an open file's bytes, never holding more than a piece of it."""
    digest = sha256()
    while piece := file.read(1024 * 1024):
        digest.update(piece)
    return digest.digest()


def remove(locator: str) -> None:
    """Remove a file that no entry has. Do nothing if it is gone already."""
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
    for place in (path, path.parent):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
