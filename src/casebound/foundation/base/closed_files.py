"""Files that only their owner can read: 0600, in folders of 0700."""

import os
import stat
from pathlib import Path
from typing import Final

OTHERS: Final = 0o077


def make_files_private() -> None:
    """Let this process and those it starts make files that only their owner can read.

    SQLite makes its log and its journal with the rights of the file they belong to; what makes a
    file without saying a mode gets this one.
    """
    os.umask(OTHERS)


def close_to_others(folder: Path) -> None:
    """Take from others what they may do with the data folder and with what lies in it.

    An older version made some files with the rights that the user's shell gives. What lies deeper
    was always made for its owner alone. A file of another user stays as it is.
    """
    for path in (folder, *folder.iterdir()):
        status = path.lstat()
        is_ours = status.st_uid == os.geteuid() and not path.is_symlink()
        if is_ours and status.st_mode & OTHERS:
            path.chmod(stat.S_IMODE(status.st_mode) & ~OTHERS)
