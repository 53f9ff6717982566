"""One server, and one `work`, on a data folder at a time.

Two servers on one folder would each remember how far the log reaches and when the clock was right,
and an administrator who stops one would believe that nobody is served any more. So the second is
refused. The lock belongs to the process and its workers: it ends with them, also after `kill -9`.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from casebound.foundation.base.refusals import RefusedError
from casebound.upkeep.running.processes import program_of


class AlreadyServedError(RefusedError):
    """Another `serve` has the data folder."""

    what = "casebound was not started, because it is being served from this data folder already."
    why = "Two servers on one data folder would not know of each other."
    do = "Use the server that runs, or stop it first (Ctrl-C, or SIGTERM to that process)."


class AlreadyAtWorkError(RefusedError):
    """Another `work` is busy in the data folder."""

    what = "Another `casebound work` is still busy in this data folder."
    do = "Nothing is wrong: it does what this one would have done."


@contextmanager
def the_only_one(lock: Path, otherwise: type[RefusedError]) -> Iterator[None]:
    """Hold a lock file of the data folder; processes that are forked meanwhile hold it as well.

    Raises:
        RefusedError: `otherwise`, with the process that has it.
    """
    file = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise otherwise(_holder(file)) from None
        with suppress(OSError):  # on a full disk it goes on without a name
            os.ftruncate(file, 0)
            os.pwrite(file, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(file)


def _holder(file: int) -> str:
    number = os.pread(file, 32, 0).decode(errors="replace").strip()
    return f"Process {number}{program_of(int(number))} has it." if number.isdigit() else ""
