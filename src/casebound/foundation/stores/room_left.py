"""How much room is left on the disks of the stores, and a reserve for when there is none.

On a full disk people go on reading, signing in and reading their drafts. Each of these writes a
little: a session, a look on the read trail, a try of a password. So words are refused while there
is still room for that (`check_room`), and next to the stores lies a file that holds some room back,
the reserve. When other programs fill the disk to its end, the reserve is let go part by part
(`tend`), and what it held is for these small writes alone. It is taken again when there is room.

The read trail is never left out. If even the reserve is used up, a look at a book is refused.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation import gettext

from casebound.foundation.stores.refusals import NoRoomLeftError, refusal_for

RESERVE: Final = "room.reserve"
MB: Final = 1 << 20
PARTS: Final = 8
LARGEST: Final = 16 * MB  # of a reserve: looks and sessions of days
WARNED: Final = 1024 * MB  # an administrator is warned below this


@dataclass(frozen=True, slots=True)
class Space:
    """A disk, in bytes: what is free for this program, and what there is in all."""

    free: int
    total: int


def space_of(folder: Path) -> Space:
    """Return the space of the disk that a folder is on. About 2 us."""
    disk = os.statvfs(folder)
    return Space(disk.f_bavail * disk.f_frsize, disk.f_blocks * disk.f_frsize)


@dataclass(frozen=True, slots=True)
class StoreDisk:
    """The disk under a folder of stores, and the reserve there.

    Attributes:
        folder: where the files of stores are.
        measure: says how much space there is.
    """

    folder: Path
    measure: Callable[[Path], Space] = space_of

    @property
    def reserve(self) -> Path:
        """The file that holds room back."""
        return self.folder / RESERVE

    def wanted(self) -> int:
        """Return how large the reserve should be: 16 MB, less on a very small disk."""
        return min(LARGEST, self.measure(self.folder).total // 16)

    def left(self) -> int:
        """Return how much room is left for words, in bytes, without the reserve; 0 at least."""
        missing = max(0, self.wanted() - self._held())
        return max(0, self.measure(self.folder).free - missing)

    def least(self) -> int:
        """Return how much must be left for words to be taken: 4 MB, less on a very small disk."""
        return min(4 * MB, self.measure(self.folder).total // 64)

    def is_full(self) -> bool:
        """Say whether words are refused here."""
        return self.left() < self.least()

    def is_low(self) -> bool:
        """Say whether an administrator should make room: under 1 GB, or a tenth of a small disk.

        The setting `CASEBOUND_ROOM_WARNING` says otherwise.
        """
        usual = min(WARNED, self.measure(self.folder).total // 10)
        return self.left() < (settings.ROOM_WARNED_BELOW or usual)

    def tend(self) -> None:
        """Let go a part of the reserve if nothing else is left; take it again if there is room.

        It goes in eight parts, so that a program which takes all there is does not take it whole.
        """
        free, held, wanted = self.measure(self.folder).free, self._held(), self.wanted()
        if held and free < self.least() // 4:
            with suppress(OSError):
                os.truncate(self.reserve, max(0, held - wanted // PARTS))
        elif held < wanted and free > 2 * wanted + self.least():
            self._take(wanted)

    def _held(self) -> int:
        try:
            return self.reserve.stat().st_blocks * 512
        except OSError:
            return 0

    def _take(self, size: int) -> None:
        try:
            file = os.open(self.reserve, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                os.posix_fallocate(file, 0, size)
            finally:
                os.close(file)
        except OSError:  # full meanwhile, or a file system that cannot
            with suppress(OSError):
                self.reserve.unlink()


def disks() -> tuple[StoreDisk, ...]:
    """Return the disks that casebound writes to: of the data folder, and of each SQLite store."""
    return _disks(settings.INSTALLATION.data)


@cache
def _disks(data: Path) -> tuple[StoreDisk, ...]:
    files = [
        Path(store["NAME"]).resolve()
        for store in settings.DATABASES.values()
        if store["ENGINE"].endswith("sqlcipher")
    ]
    return tuple(StoreDisk(folder) for folder in dict.fromkeys([data, *(f.parent for f in files)]))


def check_room() -> None:
    """Make sure that there is room for words. About 10 us.

    Raises:
        NoRoomLeftError: there is none; what is left is for reading and signing in.
    """
    if _is_so(StoreDisk.is_full):
        raise NoRoomLeftError


def tend() -> None:
    """Keep or let go the reserve of each disk, whichever is right now. About 15 us."""
    for disk in disks():
        with suppress(OSError):
            disk.tend()


def warning() -> str:
    """Return a sentence for those who can make room; empty if there is enough."""
    if _is_so(StoreDisk.is_full):
        return gettext(
            "There is no room left on the disk of casebound. Nothing can be saved or signed until"
            " there is room. People can still read."
        )
    if not _is_so(StoreDisk.is_low):
        return ""
    left = min(disk.left() for disk in disks()) // MB
    return gettext(
        "The disk of casebound is nearly full: {left} MB are left. Make room soon, or nobody can"
        " save or sign."
    ).format(left=left)


def _is_so(question: Callable[[StoreDisk], bool]) -> bool:
    try:
        return any(question(disk) for disk in disks())
    except OSError as failed:  # a folder is away, which is no matter of room
        return isinstance(refusal_for(failed), NoRoomLeftError)
