"""A queue of writers in front of one SQLite file.

SQLite's own waiting is a sleep and a retry, so with many writers some wait very long (a
hand-built store at eight writers: p99 27 to 49 times p50). Writers here take turns at a file lock
first; the kernel wakes them in order, and lets go of the lock when its holder dies, so a killed
writer blocks nobody. A holder never waits for a person or a network.
"""

import fcntl
import os
from pathlib import Path


class WritersQueue:
    """One connection's place in the queue of a store. Not shared between threads."""

    def __init__(self, path: Path) -> None:
        """Open the lock file beside the store; it stays empty."""
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._held = False

    def enter(self) -> None:
        """Wait for the turn. Entering again while it is held does nothing."""
        if not self._held:
            fcntl.flock(self._file, fcntl.LOCK_EX)
            self._held = True

    def leave(self) -> None:
        """Let the next one in."""
        if self._held:
            self._held = False
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def close(self) -> None:
        """Close the lock file, which lets the next one in too."""
        self._held = False
        os.close(self._file)
