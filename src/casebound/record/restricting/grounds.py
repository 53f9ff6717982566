"""On which ground something is restricted, and until when: checked alike whenever it is decided."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from casebound.foundation.base.calendar import day_of
from casebound.foundation.base.ids import WorkerId
from casebound.foundation.base.messages import gettext
from casebound.foundation.base.times import date_in_words
from casebound.people.access.colleagues import colleagues_at
from casebound.people.access.reads import SeenBook
from casebound.record.restricting import refusals as refused
from casebound.record.restricting.reads import own_intervals
from casebound.record.restricting.rules import is_review_day, latest_review
from casebound.rulebook.catalogue.marks import Ground

LONGEST_REASON: Final = 1_000
LONGEST_LINE: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """The ground, what it asks for, who it is about among staff, and the day of the next look."""

    ground: str
    reason: str
    review_on: date | None
    reference: str = ""
    officer: str = ""
    kept_from: Collection[WorkerId] = ()


def checked(grounds: Grounds, *, book: SeenBook, by: WorkerId, at: datetime) -> Grounds:
    """Return the grounds with what was typed put right.

    Raises:
        NoGroundError: it is none of the list.
        NoReasonError: the reason is missing or too long.
        MissingDetailError: the ground asks for who wants it, or what they sent is too long.
        KeptFromYourselfError: it would be kept from `by`, or from nobody who works here.
        ReviewDayError: the day is missing, past or later than the provider allows.
    """
    if grounds.ground not in {ground.value for ground in Ground.offered()}:
        raise refused.NoGroundError
    reference, officer = _line(grounds.reference), _line(grounds.officer)
    if grounds.ground in ASKS_WHO and not (reference and officer):
        raise refused.MissingDetailError
    kept_from = tuple(dict.fromkeys(grounds.kept_from))
    if kept_from:
        here = {colleague.id for colleague in colleagues_at(book, at=at)}
        if by in kept_from or not here.issuperset(kept_from):
            raise refused.KeptFromYourselfError
    return Grounds(
        ground=grounds.ground,
        reason=reason_typed(grounds.reason),
        review_on=checked_day(grounds.review_on, grounds.ground, at=at),
        reference=reference,
        officer=officer,
        kept_from=kept_from,
    )


ASKS_WHO: Final = frozenset({"police_investigation"})


def checked_day(day: date | None, ground: str, *, at: datetime) -> date:
    """Return the day of the next look.

    Raises:
        ReviewDayError: it is missing, past, or later than the provider allows.
    """
    own, today = own_intervals(), day_of(at)
    if day is None or not is_review_day(day, ground, own, today=today):
        latest = date_in_words(latest_review(ground, own, today=today))
        raise refused.ReviewDayError(
            gettext("The latest day for this ground is {latest}.").format(latest=latest)
        )
    return day


def reason_typed(reason: str) -> str:
    """Return a reason without spaces around it.

    Raises:
        NoReasonError: it is missing or too long.
    """
    words = reason.strip()
    if not 0 < len(words) <= LONGEST_REASON:
        raise refused.NoReasonError
    return words


def _line(typed: str) -> str:
    words = " ".join(typed.split())
    if len(words) > LONGEST_LINE:
        raise refused.MissingDetailError
    return words
