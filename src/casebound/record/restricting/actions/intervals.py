"""Setting how long something may stay restricted until somebody looks at it again."""

from datetime import datetime

from casebound.foundation.base.ids import WorkerId
from casebound.foundation.base.refusals import NotAllowedError
from casebound.ledger.sealing.once import Once
from casebound.people.access.reads import rights_of
from casebound.people.homes.actions.sealing import seal_fact
from casebound.people.homes.reads import book_of
from casebound.record.restricting import refusals as refused
from casebound.record.restricting.entries import ReviewIntervalSet
from casebound.record.restricting.permissions import RestrictingPermission
from casebound.record.restricting.rules import is_interval
from casebound.rulebook.catalogue.marks import Ground


def set_interval(
    *, ground: str, days: int, by: WorkerId, at: datetime, auth: str, key: str = ""
) -> None:
    """Seal, in the office's book, how many days a ground allows at most.

    What is restricted already keeps the day that was chosen for it.

    Raises:
        NotAllowedError: `by` may not set it, or there is no office yet.
        NoGroundError: the ground is none of the list.
        IntervalError: it is no number of days that makes sense.
    """
    office = book_of(None)
    may = rights_of(by, at=at).may(RestrictingPermission.SET_REVIEW_INTERVALS)
    if office is None or not may:
        raise NotAllowedError
    if ground not in {offered.value for offered in Ground.offered()}:
        raise refused.NoGroundError
    if not is_interval(days):
        raise refused.IntervalError
    fact = ReviewIntervalSet(ground=ground, days=days)
    seal_fact(fact=fact, book=office, once=Once.of(key, by), at=at, auth=auth)
