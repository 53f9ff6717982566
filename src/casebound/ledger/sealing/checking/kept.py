"""The result of the last check, stored for the Proof page, and whether a check is running."""

import errno
import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from casebound.foundation.base.refusals import RefusedError
from casebound.foundation.base.times import instant, utc_text
from casebound.ledger.sealing.checking import Checked, in_runs

_MOST = 50  # problems that are stored; the command prints them all


class CheckRunningError(RefusedError):
    """Another check is running."""

    what = "A check is running already."
    do = "Wait until it is done; its result will stand on the Proof page."


@dataclass(frozen=True, slots=True)
class LastCheck:
    """The result of the last check.

    Attributes:
        at: when it ended, aware.
        full: whether every entry was opened.
        ok: whether all was well.
        changed: whether anything was not as it was sealed. If neither, something could not be
            looked at.
        entries: how many entries were checked.
        size: how many lines the log had.
        seconds: how long it took.
        words: one sentence a problem, at most 50.
        more: how many more problems there were.
    """

    at: datetime
    full: bool
    ok: bool
    entries: int
    size: int
    seconds: float
    words: tuple[str, ...]
    more: int
    changed: bool


@contextmanager
def alone() -> Iterator[None]:
    """Let only one check run at a time. The lock ends with its process, even a killed one.

    In a folder where nothing can be written there is no lock: nobody else writes there either.

    Raises:
        CheckRunningError: one is running.
    """
    with ExitStack() as stack:
        try:
            file = stack.enter_context(_lock_file().open("w"))
        except OSError as failed:
            if failed.errno not in {errno.EROFS, errno.EACCES, errno.EPERM}:
                raise
            yield
            return
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CheckRunningError from None
        yield


def is_running() -> bool:
    """Say whether a check is running now."""
    try:
        with alone():
            return False
    except CheckRunningError:
        return True


def keep(checked: Checked, *, at: datetime) -> None:
    """Store the result of a check, completely or not at all."""
    problems = in_runs(checked.problems)
    fields = {
        "at": utc_text(at),
        "full": checked.full,
        "ok": checked.ok,
        "changed": checked.changed,
        "entries": checked.entries,
        "size": checked.size,
        "seconds": round(checked.seconds, 3),
        "words": [problem.words for problem in problems[:_MOST]],
        "more": checked.more + len(problems[_MOST:]),
    }
    target = settings.INSTALLATION.data / "checked.json"
    part = target.with_suffix(f".{os.getpid()}")
    try:
        part.write_text(json.dumps(fields))
        part.replace(target)
    except OSError:  # no room: leave nothing half written
        part.unlink(missing_ok=True)
        raise


def last_check() -> LastCheck | None:
    """Return the last check, or None if there is none or it cannot be read."""
    try:
        fields: dict[str, Any] = json.loads(
            (settings.INSTALLATION.data / "checked.json").read_text()
        )
        return LastCheck(
            instant(fields["at"]),
            fields["full"],
            fields["ok"],
            fields["entries"],
            fields["size"],
            fields["seconds"],
            tuple(fields["words"]),
            fields["more"],
            fields["changed"],
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _lock_file() -> Path:
    return settings.INSTALLATION.data / "checking.lock"
