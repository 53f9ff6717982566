"""The simulated disk as SQLite sees it: a VFS of apsw, which calls a method for each access.

It has no shared memory, so a store in WAL mode is opened by one connection alone; and no locks,
because a life is one thread. After a power cut a new VFS stands on the disk. The old one is dead,
so that a connection of the dead process, which Python may close much later, changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

import apsw

if TYPE_CHECKING:
    from tools.trials.power.disk import Disk, DiskFile

NAME: Final = "power"  # with the number of the start behind it
# These files of SQLite sync their folder with their first sync, as they do on a real disk.
_WITH_FOLDER: Final = apsw.SQLITE_OPEN_WAL | apsw.SQLITE_OPEN_MAIN_JOURNAL
_SECTOR: Final = 4096


class SimulatedVFS(apsw.VFS):
    """Opens and removes files of a disk, from one start of the machine to its next power cut."""

    in_use: ClassVar[str] = ""  # the name of the newest

    def __init__(self, disk: Disk, number: int) -> None:
        """Register the VFS. SQLite asks the default one for random bytes, so it is that, too."""
        self.name = f"{NAME}-{number}"
        self._disk, self._boot = disk, disk.boot
        super().__init__(self.name, "", makedefault=True)
        SimulatedVFS.in_use = self.name

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> OpenFile:  # noqa: N802
        """Open a file of the disk."""
        disk = self._running()
        path = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        if path not in disk.files and not flags[0] & apsw.SQLITE_OPEN_CREATE:
            raise apsw.CantOpenError(path)
        flags[1] = flags[0]
        return OpenFile(disk, path, disk.open(path), with_folder=bool(flags[0] & _WITH_FOLDER))

    def xAccess(self, pathname: str, flags: int) -> bool:  # noqa: ARG002, N802
        """Say whether there is a file of this name."""
        return pathname in self._running().files

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: FBT001, N802
        """Remove a file."""
        disk = self._running()
        if filename not in disk.files:
            raise apsw.IOError(filename)
        disk.remove(filename, with_folder=syncdir)

    def xFullPathname(self, name: str) -> str:  # noqa: N802
        """Return the name: each one is whole."""
        return name

    def xRandomness(self, numbytes: int) -> bytes:  # noqa: N802
        """Give SQLite the random bytes of the life, so that it does the same again."""
        return self._disk.random.randbytes(numbytes)

    def xGetLastError(self) -> tuple[int, str]:  # noqa: N802
        """Say nothing more about the last error."""
        return 0, ""

    def _running(self) -> Disk:
        if not self._disk.is_on or self._boot != self._disk.boot:
            raise apsw.IOError("the power is off")
        return self._disk


class OpenFile:
    """A file that SQLite has open. After a power cut every call fails."""

    __slots__ = ("_boot", "_disk", "_file", "_name", "_with_folder")

    def __init__(self, disk: Disk, name: str, file: DiskFile, *, with_folder: bool) -> None:
        """Open a file."""
        self._disk, self._name, self._file = disk, name, file
        self._boot, self._with_folder = disk.boot, with_folder

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802
        """Read bytes; fewer at the end of the file."""
        self._check()
        return bytes(self._file.current[offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        """Write bytes, if they fit on the disk."""
        self._check()
        if not self._disk.has_room(self._file, offset + len(data)):
            raise apsw.FullError("database or disk is full")
        self._disk.write(self._name, self._file, offset, bytes(data))

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        """Give the file a new length."""
        self._check()
        self._disk.truncate(self._name, self._file, newsize)

    def xSync(self, flags: int) -> None:  # noqa: ARG002, N802
        """Make the file's bytes safe; the first time also the name of a journal."""
        self._check()
        with_folder, self._with_folder = self._with_folder, False
        self._disk.sync(self._name, self._file, with_folder=with_folder)

    def xFileSize(self) -> int:  # noqa: N802
        """Return the length."""
        self._check()
        return len(self._file.current)

    def xClose(self) -> None:  # noqa: N802
        """Close the file; that writes nothing."""

    def xLock(self, level: int) -> None:  # noqa: N802
        """Lock nothing."""

    def xUnlock(self, level: int) -> None:  # noqa: N802
        """Unlock nothing."""

    def xCheckReservedLock(self) -> bool:  # noqa: N802
        """Say that nobody else has the file."""
        return False

    def xFileControl(self, op: int, ptr: int) -> bool:  # noqa: ARG002, N802
        """Know no special requests."""
        return False

    def xSectorSize(self) -> int:  # noqa: N802
        """Say what SQLite takes an unknown disk's sectors for."""
        return _SECTOR

    def xDeviceCharacteristics(self) -> int:  # noqa: N802
        """Say, as on a real disk, that a write leaves the bytes around it alone."""
        return int(apsw.SQLITE_IOCAP_POWERSAFE_OVERWRITE)

    def _check(self) -> None:
        if not self._disk.is_on or self._boot != self._disk.boot:
            raise apsw.IOError("the power is off")
