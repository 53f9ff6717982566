"""Naming processes of this machine, as far as this user may look."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

_PROC: Final = Path("/proc")
_LISTENS: Final = "0A"  # the state of a listening socket in /proc/net/tcp


def program_of(process: int) -> str:
    """Return a process's program for a sentence: " (python)". Empty if it cannot be read."""
    try:
        return f" ({(_PROC / str(process) / 'comm').read_text().strip()})"
    except OSError:
        return ""


def listener_on(port: int) -> int | None:
    """Return the process that listens on a TCP port. None if it cannot be found or read."""
    sockets = {f"socket:[{number}]" for number in _sockets_on(port)}
    for folder in _PROC.glob("[0-9]*"):
        if not sockets.isdisjoint(_files_of(folder)):
            return int(folder.name)
    return None


def _files_of(process: Path) -> Iterator[str]:
    """Yield what a process has open; nothing if it is another user's or has just ended."""
    with suppress(OSError):
        for file in (process / "fd").iterdir():
            with suppress(OSError):  # closed meanwhile
                yield str(file.readlink())


def _sockets_on(port: int) -> set[str]:
    numbers = set()
    for table in ("tcp", "tcp6"):
        try:
            lines = (_PROC / "net" / table).read_text().splitlines()[1:]
        except OSError:  # no such list on this machine
            continue
        for line in lines:
            _, local, _, state, *rest = line.split()
            if state == _LISTENS and int(local.rpartition(":")[2], 16) == port:
                numbers.add(rest[5])
    return numbers
