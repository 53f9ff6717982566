"""Digesting the read trail into the log, a finished day at a time (P58)."""

from datetime import datetime, timedelta
from typing import Final

from casebound.foundation.base.calendar import A_DAY, day_of, start_of
from casebound.foundation.base.ids import WorkerId
from casebound.ledger.projecting.actions import catch_up
from casebound.ledger.sealing.actions import NewEntry, open_book, seal
from casebound.people.access import trail
from casebound.people.access.entries import TrailDayDigested, digest_of_day, trail_book
from casebound.people.access.trail import Digest

SETTLED: Final = timedelta(hours=1)  # after midnight: a look that has just begun is in its day
DAYS: Final = 60  # of a backlog, in one run


def digest_days(*, by: WorkerId, at: datetime) -> int:
    """Seal the digest of each day of the trail that is over. Return how many days.

    A day without looks has none. Of a long backlog it takes 60 days; the next run goes on.
    """
    today = day_of(at - SETTLED)
    before = trail.last_digest()
    after = before.last if before else 0
    until = trail.end_of_digested(before.day) if before else None
    last = trail.last_row_before(start_of(today), after=after)
    done = 0
    for day, rows in trail.days_between(after, last, until=today - A_DAY):
        digest = Digest()
        for row in rows:
            digest.add(row, digested_until=until)
        name = max(day.isoformat(), before.day) if before else day.isoformat()
        _seal(digest, day=name, by=by, at=at)
        until = trail.end_of_digested(name)
        done += 1
        if done == DAYS:
            break
    if done:
        catch_up()
    return done


def _seal(digest: Digest, *, day: str, by: WorkerId, at: datetime) -> None:
    fact = TrailDayDigested(
        day=day,
        first=digest.first,
        last=digest.last,
        looks=digest.looks,
        late=digest.late,
        digest=digest.hash,
    )
    seal(
        NewEntry(
            books=(open_book(trail_book()),),
            parts=fact.parts(),
            entry_id=digest_of_day(f"{day}\0{digest.first}"),
            signed_by=by,
            signed_at=at,
            auth="casebound work",
        )
    )
