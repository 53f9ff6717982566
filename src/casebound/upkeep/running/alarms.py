"""What those who look after casebound are told above every page, until it is put right."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.db import connections
from django.utils.translation import gettext

from casebound.foundation.base.times import in_words
from casebound.foundation.stores import room_left
from casebound.ledger.sealing import highwater, watched_clock
from casebound.ledger.sealing.reads import sealed_last_text

ASKED_EVERY: Final = 20.0  # seconds: the log and the database's server are asked for their time


def alarms() -> list[str]:
    """Return a sentence for each thing that needs somebody. About 30 us.

    A process that watches its clock asks the log and the database's server every 20 seconds.
    """
    told = [room_left.warning()]
    if highwater.is_gone():
        told.append(
            gettext(
                "Nothing can be sealed: the mark that says how long the log was is missing. Run"
                " `casebound restore-mark`, which says what to compare."
            )
        )
    told += clock_alarms()
    return [sentence for sentence in told if sentence]


def clock_alarms() -> list[str]:
    """Return what is wrong with the clock, for a process that watches it."""
    watched = watched_clock.watched()
    if watched is None:
        return []
    now = time.monotonic()
    if not _told or _told[-1].clock is not watched or now - _told[-1].asked_at > ASKED_EVERY:
        _told[:] = [_Told(watched, now, _look(watched))]
    return _told[-1].sentences


@dataclass(frozen=True, slots=True)
class _Told:
    """What came of the last look at the clock, and when that was."""

    clock: watched_clock.WatchedClock
    asked_at: float
    sentences: list[str]


_told: list[_Told] = []


def _look(watched: watched_clock.WatchedClock) -> list[str]:
    last_at = sealed_last_text()
    if not last_at:
        return []
    seen = watched.look(last_at=last_at)
    return [sentence for sentence in (_of_clock(seen), _of_log(seen), _of_server()) if sentence]


def _of_clock(seen: watched_clock.ClockSeen) -> str:
    says, known = in_words(seen.now), in_words(seen.now - seen.ahead)
    if seen.is_too_far:
        words = gettext(
            "The clock of casebound’s computer says {says}; by all that is known it is about"
            " {known}. Nothing can be signed until it is right. Run `casebound clock`."
        )
    elif seen.leapt_ahead:
        words = gettext(
            "The clock of casebound’s computer leapt ahead: it says {says}, and about {known} was"
            " expected. Put it right, or run `casebound clock` if it is right now."
        )
    elif seen.went_back:
        words = gettext(
            "The clock of casebound’s computer went back: it says {says}, and about {known} was"
            " expected. Put it right, or run `casebound clock` if it is right now."
        )
    else:
        return ""
    return words.format(says=says, known=known)


def _of_log(seen: watched_clock.ClockSeen) -> str:
    if not seen.log_is_ahead:
        return ""
    words = gettext(
        "The last line of the log says {last}, which has not come. What is signed now gets that"
        " time as well. Run `casebound clock`, which says how the log goes on."
    )
    return words.format(last=in_words(seen.now + seen.log_ahead))


def _of_server() -> str:
    """Compare with the clock of PostgreSQL's server, which may be another machine."""
    connection = connections["default"]
    if connection.vendor != "postgresql":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        theirs: datetime = cursor.fetchone()[0]
    apart: timedelta = abs(datetime.now(UTC) - theirs)
    if apart < watched_clock.TOLD_FROM:
        return ""
    words = gettext(
        "The clocks of casebound’s computer and of its database differ: the database says"
        " {theirs}. Find out which is right, and put the other right."
    )
    return words.format(theirs=in_words(theirs))
