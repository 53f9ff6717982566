"""Is the computer's clock right? Asked before anything is signed into the log (format, 1.7).

A clock has no witness of its own. It is compared with what else says how much time has passed:

- how long the computer has been running, which no setting of the clock changes;
- when the clock was last known to be right, kept in `clock.json` with every look;
- the last line of the log;
- the clock of the database server, where there is one.

A clock that went back does not stop sealing: the last time is repeated, and people are told. A
clock that leapt ahead by more than a day stops it before one line says so for ever. `casebound
clock` tells what is known, and takes a person's word for which time is right.
"""

import json
import os
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final, Self

from django.conf import settings

from casebound.foundation.base.refusals import RefusedError
from casebound.foundation.base.times import in_words, instant
from casebound.foundation.stores.refusals import suppress_no_room

TOLD_FROM: Final = timedelta(minutes=5)  # a smaller difference is of nobody's interest
REFUSED_FROM: Final = timedelta(days=1)  # ahead of the time that has passed
STOPPED_AT_MOST: Final = timedelta(days=31)  # a computer that was off for longer is asked about
NOTED_EVERY: Final = 30.0  # seconds
_LENGTH: Final = 160
_BOOT: Final = Path("/proc/sys/kernel/random/boot_id")


class ClockAheadError(RefusedError):
    """The clock is ahead of all that casebound knows of the time."""

    what = "Nothing was signed, because the clock of casebound’s computer seems to be wrong."
    why = "What is signed keeps its time for ever."
    do = (
        "Your draft is kept. Tell the person who looks after casebound: `casebound clock` says what"
        " to do. Sign again when the clock is right."
    )


@dataclass(frozen=True, slots=True)
class ClockReading:
    """What the computer says at one moment.

    Attributes:
        boot: which start of the computer this is; empty where it cannot be told.
        running: for how many seconds it has been running, sleep included.
        wall: the clock, in seconds since 1970.
    """

    boot: str
    running: float
    wall: float

    @classmethod
    def now(cls) -> Self:
        """Read the clocks. About 2 us."""
        running = time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))
        return cls(_boot(), running, time.time())


@dataclass(frozen=True, slots=True)
class ClockSeen:
    """What a look at the clock came to.

    Attributes:
        now: the time that the clock says.
        ahead: by how much the clock is ahead of what is known; negative if it went back.
        running: whether the computer has been running since the clock was last known to be right.
        log_ahead: by how much the last line of the log is ahead of the clock.
    """

    now: datetime
    ahead: timedelta
    running: bool
    log_ahead: timedelta

    @property
    def is_too_far(self) -> bool:
        """Say whether nothing may be sealed with this clock."""
        return self.ahead > (REFUSED_FROM if self.running else STOPPED_AT_MOST)

    @property
    def leapt_ahead(self) -> bool:
        """Say whether people are told that the clock leapt ahead."""
        return self.is_too_far or (self.running and self.ahead > TOLD_FROM)

    @property
    def went_back(self) -> bool:
        """Say whether people are told that the clock went back."""
        return self.ahead < -TOLD_FROM

    @property
    def log_is_ahead(self) -> bool:
        """Say whether the log ends with a time that has not come."""
        return self.log_ahead > TOLD_FROM


class WatchedClock:
    """The clock of an installation, and when it was last known to be right."""

    def __init__(self, noted: Path) -> None:
        """Keep what is known in a file of the data folder."""
        self.noted = noted

    def look(self, *, last_at: str, reading: ClockReading | None = None) -> ClockSeen:
        """Compare the clock with all that is known, and note it if it is right. About 20 us."""
        reading = reading or ClockReading.now()
        known, last = self._read(), instant(last_at).timestamp()
        running = known is not None and known.boot == reading.boot != ""
        if known is None:
            expected = last
        elif running:
            expected = known.wall + reading.running - known.running
        else:
            expected = max(known.wall, last)
        ahead = timedelta(seconds=reading.wall - expected)
        now = datetime.fromtimestamp(reading.wall, tz=UTC)
        seen = ClockSeen(now, ahead, running, timedelta(seconds=last - reading.wall))
        is_right = not (seen.leapt_ahead or seen.went_back)
        if is_right and (not running or reading.running - known.running > NOTED_EVERY):  # type: ignore[union-attr]  # it runs since it was noted
            self.believe(reading)
        return seen

    def check(self, *, last_at: str) -> None:
        """Make sure that a line may be signed with this clock.

        Raises:
            ClockAheadError: it is too far ahead.
        """
        seen = self.look(last_at=last_at)
        if seen.is_too_far:
            known = in_words(seen.now - seen.ahead)
            raise ClockAheadError(
                f"It says {in_words(seen.now)}, and the last time that is known is {known}."
            )

    def believe(self, reading: ClockReading | None = None) -> None:
        """Note that the clock is right now."""
        line = json.dumps(asdict(reading or ClockReading.now())).ljust(_LENGTH - 1) + "\n"
        with suppress_no_room():
            file = os.open(self.noted, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                os.pwrite(file, line.encode(), 0)
            finally:
                os.close(file)

    def _read(self) -> ClockReading | None:
        try:
            fields = json.loads(self.noted.read_bytes())
            return ClockReading(
                str(fields["boot"]), float(fields["running"]), float(fields["wall"])
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None


def watch() -> None:
    """Let this process compare its clock before it seals: a server and `work` do, from here on."""
    _watched[:] = [watched_clock()]


def watched() -> WatchedClock | None:
    """Return the clock if this process watches it."""
    return _watched[0] if _watched else None


def watched_clock() -> WatchedClock:
    """Return the clock of this installation."""
    return WatchedClock(settings.INSTALLATION.data / "clock.json")


def unwatch() -> None:
    """Let this process take its clock as it is again, as one that builds a made-up life does."""
    _watched.clear()


_watched: list[WatchedClock] = []


@cache
def _boot() -> str:
    try:
        return _BOOT.read_text().strip()
    except OSError:
        return ""
