"""A store in a folder that may only be read, such as a backup that is mounted or was locked.

SQLite needs to write beside a file that keeps its newest rows in a second one (`-wal`), even to
read it. Where nothing can be written, nothing changes either: the file is opened as one that
nobody changes. If its newest rows are still in the second file, both are copied to a temporary
folder first; they are encrypted there as well.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_copied: dict[Path, Path] = {}


def is_read_only(file: Path) -> bool:
    """Say whether a store is there and nothing can be written in its folder."""
    return file.exists() and not os.access(file.parent, os.W_OK)


def address_of(file: Path) -> str:
    """Return the address under which a store is opened that may only be read.

    Raises:
        OSError: its newest rows are in a second file, and there is no room for a copy.
    """
    wal = file.with_name(f"{file.name}-wal")
    if not wal.exists() or not wal.stat().st_size:
        return f"{file.absolute().as_uri()}?immutable=1"
    return f"{_copy_of(file, wal).as_uri()}?mode=rw"


def _copy_of(file: Path, wal: Path) -> Path:
    if file not in _copied:
        folder = Path(tempfile.mkdtemp(prefix="casebound-"))
        atexit.register(_remove, folder, os.getpid())
        for each in (file, wal):
            shutil.copyfile(each, folder / each.name)
        _copied[file] = folder / file.name
    return _copied[file]


def _remove(folder: Path, process: int) -> None:
    if os.getpid() == process:  # and not one that was forked from it
        shutil.rmtree(folder, ignore_errors=True)
