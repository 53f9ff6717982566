"""The simulated disk as Python sees it: calls of `os` and `open` for files in its folder.

Only what the ledger uses outside its databases: the high-water mark and a look at a file's name.
A call that is not known here fails loudly, so that no write goes past the simulation.
"""

import errno
import fcntl
import io
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any, Final

from tools.trials.power.disk import Disk, DiskFile

ROOT: Final = "/simulated-disk"
_FIRST = 1_000_000  # descriptors of ours, far above those of the system


class Folder:
    """Answers calls of `os` from whichever disk is in use."""

    def __init__(self) -> None:
        """Begin without a disk."""
        self.disk: Disk | None = None
        self._open: dict[int, tuple[str, DiskFile, int]] = {}
        self._numbers = count(_FIRST)

    def open(self, path: str, flags: int, mode: int = 0o777, **_: object) -> int:  # noqa: ARG002
        """Open a file for writing or reading."""
        disk = self._running()
        if path == ROOT:
            return self._number(path, DiskFile(), 0)
        if path not in disk.files and not flags & os.O_CREAT:
            raise FileNotFoundError(path)
        if path in disk.files and flags & os.O_EXCL:
            raise FileExistsError(path)
        file = disk.open(path)
        if flags & os.O_TRUNC and file.current:
            disk.truncate(path, file, 0)
        return self._number(path, file, len(file.current) if flags & os.O_APPEND else 0)

    def _number(self, path: str, file: DiskFile, at: int) -> int:
        number = next(self._numbers)
        self._open[number] = (path, file, at)
        return number

    def write(self, number: int, data: bytes) -> int:
        """Write where the last write ended."""
        path, file, at = self._open[number]
        if not self._running().has_room(file, at + len(data)):
            raise OSError(errno.ENOSPC, "No space left on device")
        self._open[number] = (path, file, at + len(data))
        self._running().write(path, file, at, bytes(data))
        return len(data)

    def read(self, number: int, size: int) -> bytes:
        """Read where the last read ended."""
        path, file, at = self._open[number]
        data = bytes(file.current[at : at + size])
        self._open[number] = (path, file, at + len(data))
        return data

    def pread(self, number: int, size: int, at: int) -> bytes:
        """Read at a place."""
        _, file, _ = self._open[number]
        return bytes(file.current[at : at + size])

    def pwrite(self, number: int, data: bytes, at: int) -> int:
        """Write at a place."""
        path, file, _ = self._open[number]
        self._open[number] = (path, file, at)
        return self.write(number, data)

    def flock(self, number: int, how: int) -> None:
        """Lock nothing: a life is one process."""

    def fsync(self, number: int) -> None:
        """Make a file, or the folder, safe."""
        path, file, _ = self._open[number]
        self._running().sync(path, file, with_folder=path == ROOT)

    def close(self, number: int) -> None:
        """Close a file."""
        self._open.pop(number, None)

    def replace(self, old: object, new: object, **_: object) -> None:
        """Rename a file."""
        self._running().rename(str(old), str(new))

    def unlink(self, path: object, **_: object) -> None:
        """Remove a file's name."""
        if str(path) not in self._running().files:
            raise FileNotFoundError(str(path))
        self._running().remove(str(path), with_folder=False)

    def stat(self, path: object, **_: object) -> os.stat_result:
        """Say that there is a file, and how long it is."""
        file = self._running().files.get(str(path))
        if file is None:
            raise FileNotFoundError(str(path))
        return os.stat_result((stat.S_IFREG | 0o600, 0, 0, 1, 0, 0, len(file.current), 0, 0, 0))

    def open_file(self, path: object, mode: str = "r", *_: object, **__: object) -> Any:  # noqa: ANN401 (a file of either kind)
        """Open a file for reading."""
        if set(mode) - set("rbt"):
            raise NotImplementedError(f"the simulated disk cannot be written with open({mode!r})")
        file = self._running().files.get(str(path))
        if file is None:
            raise FileNotFoundError(str(path))
        data = io.BytesIO(bytes(file.current))
        return data if "b" in mode else io.TextIOWrapper(data, "utf-8")

    def _running(self) -> Disk:
        if self.disk is None or not self.disk.is_on:
            raise OSError(errno.EIO, "the power is off")
        return self.disk


@contextmanager
def simulated(folder: Folder) -> Iterator[None]:
    """Let `folder` answer for every path below `ROOT`, and for the descriptors it gave out."""
    by_path: dict[tuple[Any, str], Callable[..., Any]] = {
        (os, "open"): folder.open,
        (os, "replace"): folder.replace,
        (os, "rename"): folder.replace,
        (os, "unlink"): folder.unlink,
        (os, "remove"): folder.unlink,
        (os, "stat"): folder.stat,
        (io, "open"): folder.open_file,
    }
    by_number: dict[tuple[Any, str], Callable[..., Any]] = {
        (os, "write"): folder.write,
        (os, "read"): folder.read,
        (os, "pread"): folder.pread,
        (os, "pwrite"): folder.pwrite,
        (fcntl, "flock"): folder.flock,
        (os, "fsync"): folder.fsync,
        (os, "fdatasync"): folder.fsync,
        (os, "close"): folder.close,
    }
    kept = [(owner, name, getattr(owner, name)) for owner, name in (*by_path, *by_number)]
    for (owner, name), ours in by_path.items():
        setattr(owner, name, _for_paths(getattr(owner, name), ours))
    for (owner, name), ours in by_number.items():
        setattr(owner, name, _for_numbers(getattr(owner, name), ours))
    try:
        yield
    finally:
        for owner, name, system in kept:
            setattr(owner, name, system)


def _for_paths(system: Callable[..., Any], ours: Callable[..., Any]) -> Callable[..., Any]:
    def call(path: Any, *words: Any, **named: Any) -> Any:  # noqa: ANN401 (as the system's)
        if not isinstance(path, int) and str(path).startswith(ROOT):
            return ours(str(path), *words, **named)
        return system(path, *words, **named)

    return call


def _for_numbers(system: Callable[..., Any], ours: Callable[..., Any]) -> Callable[..., Any]:
    def call(number: Any, *words: Any, **named: Any) -> Any:  # noqa: ANN401 (as the system's)
        if isinstance(number, int) and number >= _FIRST:
            return ours(number, *words, **named)
        return system(number, *words, **named)

    return call
