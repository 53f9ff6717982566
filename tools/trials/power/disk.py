"""A disk whose power can be cut: bytes that are safe, and pieces that are written and not synced.

A write goes into the file as programs read it, and waits as a piece until the file is synced. When
the power is cut, each waiting piece may be on the disk, may be lost, or may be there in part. Names
of files wait in the same way for a sync of their folder. There is one folder.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random
from typing import Final, TypeAlias

SECTOR: Final = 512

Images: TypeAlias = Mapping[str, bytes]  # the bytes of each file by its name
Note: TypeAlias = Callable[[str], None]


class PowerCutError(BaseException):
    """The power is gone. Not an `Exception`: no code of the product goes on after this one."""


class Survival(StrEnum):
    """Which unsynced pieces are on the disk after a power cut."""

    NONE = "none of it"
    ALL = "all of it"
    FIRST = "the first of it"  # a disk that keeps the order of writes
    SOME = "some of it, in any order"
    TORN = "some sectors of it"  # a write of several sectors is not whole
    BYTES = "some bytes of it"  # not even a sector is whole


@dataclass(frozen=True, slots=True)
class Piece:
    """A change of a file that waits to be synced: bytes at a place, or a new length."""

    at: int
    data: bytes | None  # None: the file is cut or grown to `at`
    number: int  # counts all pieces of the disk in the order they were written

    def apply(self, to: bytearray) -> None:
        """Change the bytes of a file."""
        end = self.at if self.data is None else self.at + len(self.data)
        if len(to) < end:
            to.extend(bytes(end - len(to)))
        if self.data is None:
            del to[self.at :]
        else:
            to[self.at : end] = self.data


@dataclass(slots=True)
class DiskFile:
    """A file: its bytes as programs read them, its safe bytes, and what is in between."""

    current: bytearray = field(default_factory=bytearray)
    safe: bytearray = field(default_factory=bytearray)
    unsynced: list[Piece] = field(default_factory=list)


class Faults:
    """What the disk does wrong. A trial changes these while the disk is in use."""

    never_synced: tuple[str, ...] = ()  # endings of names; planted: it is not the disk's fault
    folder_is_synced = True  # planted, if it is not

    def __init__(self) -> None:
        """Begin as an honest disk with room."""
        self.cut_in: int | None = None  # power is cut after so many more steps
        self.lies = False  # says that it synced, and did not
        self.room: int | None = None  # so many more bytes fit


class Disk:
    """One disk. Each write, sync, new length and removed name is a step, at which power can go."""

    def __init__(self, images: Images, random: Random, *, note: Note | None = None) -> None:
        """Begin with files that are safe."""
        self.files: dict[str, DiskFile] = {
            name: DiskFile(bytearray(data), bytearray(data)) for name, data in images.items()
        }
        self.faults = Faults()
        self.steps = 0
        self.syncs = 0
        self.boot = 0  # a file opened before the last power cut is dead
        self.is_on = True
        self.random = random
        self._note = note
        self._safe_names = dict(self.files)
        self._names_unsynced: list[tuple[str, DiskFile | None]] = []

    def open(self, name: str) -> DiskFile:
        """Return a file, a new and empty one if there is none."""
        file = self.files.get(name)
        if file is None:
            file = self.files[name] = DiskFile()
            self._names_unsynced.append((name, file))
        return file

    def write(self, name: str, file: DiskFile, at: int, data: bytes) -> None:
        """Write bytes. `OSError` of a full disk is the caller's: ask `has_room` first."""
        self._change(file, Piece(at, data, self.steps))
        self._step("write", name, f"{len(data)} bytes at {at}")

    def truncate(self, name: str, file: DiskFile, size: int) -> None:
        """Give a file a new length."""
        self._change(file, Piece(size, None, self.steps))
        self._step("cut to length", name, f"{size}")

    def sync(self, name: str, file: DiskFile, *, with_folder: bool = False) -> None:
        """Make a file's bytes safe, and with `with_folder` the names of all files."""
        keeps = not self.faults.lies and not name.endswith(self.faults.never_synced)
        # The power may go before the disk has done it, or after: then nobody heard of it.
        if self.faults.cut_in == 1 and self.random.random() < 0.5:  # noqa: PLR2004 (a coin)
            keeps = False
        if keeps:
            for piece in file.unsynced:
                piece.apply(file.safe)
            file.unsynced.clear()
            if with_folder and self.faults.folder_is_synced:
                self.sync_folder()
        self.syncs += 1
        self._step("sync", name, "" if keeps else "which did nothing")

    def sync_folder(self) -> None:
        """Make the names of all files safe."""
        self._safe_names = dict(self.files)
        self._names_unsynced.clear()

    def remove(self, name: str, *, with_folder: bool) -> None:
        """Remove a file's name, safely with `with_folder`."""
        del self.files[name]
        self._names_unsynced.append((name, None))
        if with_folder and not self.faults.lies and self.faults.folder_is_synced:
            self.sync_folder()
        self._step("remove", name, "")

    def rename(self, old: str, new: str) -> None:
        """Give a file another name, in place of the file that has it."""
        file = self.files.pop(old)
        self.files[new] = file
        self._names_unsynced += [(new, file), (old, None)]
        self._step("rename", old, f"to {new}")

    def has_room(self, file: DiskFile, end: int) -> bool:
        """Say whether a file may grow to `end`; if so, count what it takes."""
        growth = end - len(file.current)
        if growth <= 0 or self.faults.room is None:
            return True
        if growth > self.faults.room:
            return False
        self.faults.room -= growth
        return True

    def cut(self) -> None:
        """Cut the power. What is read from now on is what survived."""
        how = self.random.choice(list(Survival))
        # In a folder that keeps no order, each name survives or not by itself.
        names = dict(self._safe_names)
        ordered = self.random.randint(0, len(self._names_unsynced))
        for number, (name, file) in enumerate(self._names_unsynced):
            lasts = number < ordered if how is Survival.FIRST else self._lasts(how)
            if lasts and file is not None:
                names[name] = file
            elif lasts:
                names.pop(name, None)
        pieces = [piece.number for file in names.values() for piece in file.unsynced]
        until = self.random.choice(sorted(pieces)) if pieces else 0
        lost = sum(self._survive(file, how, until=until) for file in set_of(names))
        if self._note:
            self._note(
                f"  power is cut: of {len(pieces)} unsynced pieces, {how.value}; {lost} lost"
            )
        self.files, self._safe_names = names, dict(names)
        self._names_unsynced.clear()
        self.boot += 1
        self.is_on = True

    def _survive(self, file: DiskFile, how: Survival, *, until: int) -> int:
        lost = 0
        for piece in file.unsynced:
            lasts = piece.number < until if how is Survival.FIRST else self._lasts(how)
            if lasts:
                piece.apply(file.safe)
            elif how in {Survival.TORN, Survival.BYTES} and piece.data:
                self._tear(piece, file.safe, SECTOR if how is Survival.TORN else 1)
            lost += not lasts
        file.unsynced.clear()
        file.current = bytearray(file.safe)
        return lost

    def _lasts(self, how: Survival) -> bool:
        if how in {Survival.NONE, Survival.ALL}:
            return how is Survival.ALL
        return self.random.random() < 0.5  # noqa: PLR2004 (a coin)

    def _tear(self, piece: Piece, to: bytearray, grain: int) -> None:
        """Keep some runs of a piece, whose ends lie on sectors or anywhere."""
        data = piece.data or b""
        first, last = sorted(self.random.randint(0, len(data) // grain) * grain for _ in range(2))
        if first < last:
            Piece(piece.at + first, data[first:last], 0).apply(to)

    def _change(self, file: DiskFile, piece: Piece) -> None:
        piece.apply(file.current)
        file.unsynced.append(piece)

    def _step(self, what: str, name: str, words: str) -> None:
        self.steps += 1
        if self._note:
            self._note(f"  {self.steps:4} {what} {name} {words}".rstrip())
        if self.faults.cut_in is not None:
            self.faults.cut_in -= 1
            if self.faults.cut_in <= 0:
                self.faults.cut_in = None
                self.is_on = False
                raise PowerCutError


def set_of(names: Mapping[str, DiskFile]) -> list[DiskFile]:
    """Return each file once: after a rename it may have two names."""
    return list({id(file): file for file in names.values()}.values())
