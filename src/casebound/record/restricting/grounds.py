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
from casebound.people.restricted.holding import Scope
from casebound.record.restricting import refusals as refused
from casebound.record.restricting.reads import own_intervals
from casebound.record.restricting.rules import is_review_day, latest_review
from casebound.rulebook.catalogue.grounds import GroundRule
from casebound.rulebook.catalogue.grounds import grounds as shipped_grounds

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


def checked(
    grounds: Grounds, *, scope: Scope, book: SeenBook, by: WorkerId, at: datetime
) -> Grounds:
    """Return the grounds with what was typed put right.

    Raises:
        NoGroundError: it is none of the list, or not for this section.
        NoReasonError: the reason is missing or too long.
        MissingDetailError: the ground asks for who wants it, or what they sent is too long.
        MissingOfficerError: the ground asks for the officer.
        MissingWorkerError: the ground asks which colleague it is about.
        KeptFromYourselfError: it would be kept from `by`, or from nobody who works here.
        ReviewDayError: the day is missing, past or later than the provider allows.
    """
    rule = of_ground(grounds.ground)
    if rule is None or scope.value not in {allowed.value for allowed in rule.scopes}:
        raise refused.NoGroundError
    reference, officer = _line(grounds.reference), _line(grounds.officer)
    if not reference and "reference" in rule.asks:
        raise refused.MissingDetailError
    if not officer and "officer" in rule.asks:
        raise refused.MissingOfficerError
    kept_from = tuple(dict.fromkeys(grounds.kept_from))
    if not kept_from and "worker" in rule.asks:
        raise refused.MissingWorkerError
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


def of_ground(ground: str) -> GroundRule | None:
    """Return what a ground asks for; None if it is none of the list."""
    return {known.value: rule for known, rule in shipped_grounds().items()}.get(ground)


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
