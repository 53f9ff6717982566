"""A small disk to fill: a file system in memory, mounted where this user may mount."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

FILLER: Final = "filler"
CHUNK: Final = 1 << 16


class CannotMountError(Exception):
    """This user may not mount a file system here."""


@contextmanager
def small_disk(folder: Path, *, megabytes: int) -> Iterator[Path]:
    """Mount a disk of a few MB on a new folder, and take it away again.

    Raises:
        CannotMountError: this user may not; root may, in a container with that right.
    """
    folder.mkdir(parents=True)
    options = f"size={megabytes}m,mode=700"
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CannotMountError(done.stderr.strip())
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def fill(folder: Path) -> int:
    """Take everything that is free on the disk of a folder; return how many bytes that was."""
    size = 0
    with (folder / FILLER).open("ab", buffering=0) as file, suppress(OSError):
        while written := file.write(os.urandom(CHUNK)):
            size += written
    with (folder / FILLER).open("ab", buffering=0) as file, suppress(OSError):
        while written := file.write(b"\0" * 512):
            size += written
    return size


def make_room(folder: Path) -> None:
    """Give back what `fill` took."""
    (folder / FILLER).unlink(missing_ok=True)
