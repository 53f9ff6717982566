"""What `casebound verify` checks of the read trail: that its days are as they were digested."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from casebound.foundation.base.times import as_kept, date_in_words
from casebound.ledger.sealing.checking.problems import Problem, ProblemKind
from casebound.people.access import trail
from casebound.people.access.entries import TrailDayDigested
from casebound.people.access.trail import Digest

LATEST: Final = 31  # digests, of a quick check
NO_END: Final = 2**62


def check_trail(*, quickly: bool) -> Iterator[Problem]:
    """Compare the rows of each digested day with its digest, and look for rows put down later."""
    before: TrailDayDigested | None = None
    for digested in trail.digests(newest=LATEST + 1 if quickly else None):
        if before is not None or digested.first == 1 or not quickly:
            yield from _differences(digested, after=before.last if before else 0)
        before = digested
    if before is not None:
        yield from _put_down_later(before)


def _differences(digested: TrailDayDigested, *, after: int) -> Iterator[Problem]:
    now = Digest()
    for row in trail.rows_between(after, digested.last):
        now.add(row, digested_until=None)
    if now.looks < digested.looks:
        yield _problem(digested.day, f"{_looks(digested.looks - now.looks)} removed")
    elif now.looks > digested.looks:
        yield _problem(digested.day, f"{_looks(now.looks - digested.looks)} added")
    elif now.hash != digested.digest:
        yield _problem(digested.day, "a look is not the one that was digested")


def _put_down_later(last: TrailDayDigested) -> Iterator[Problem]:
    """Name rows that no digest has yet, whose time is of a day that was digested."""
    until = trail.end_of_digested(last.day)
    later = sum(as_kept(row[1]) < until for row in trail.rows_between(last.last, NO_END))
    if later:
        yield _problem(
            last.day, f"{_looks(later)} put down after it was digested, as of this day or before"
        )


def _looks(count: int) -> str:
    return "1 look was" if count == 1 else f"{count:,} looks were"


def _problem(day: str, what: str) -> Problem:
    words = f"Read trail, {date_in_words(date.fromisoformat(day))}: {what}."
    return Problem(kind=ProblemKind.TRAIL, words=words)


CHECKS = (check_trail,)
