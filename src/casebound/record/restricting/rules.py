"""When something restricted is looked at again: asked each time, and never later than allowed."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from casebound.rulebook.catalogue.grounds import grounds

SHORTEST_ALLOWED: Final = 1
LONGEST_ALLOWED: Final = 366
_UNKNOWN: Final = 92  # of a ground that a later version knows


def longest_days(ground: str, own: Mapping[str, int]) -> int:
    """Return after how many days at most a restriction on this ground is looked at again.

    No rule gives a number: the list of grounds has one, and a provider sets its own.
    """
    shipped = {known.value: rule.longest_days for known, rule in grounds().items()}
    return own.get(ground, shipped.get(ground, _UNKNOWN))


def latest_review(ground: str, own: Mapping[str, int], *, today: date) -> date:
    """Return the last day on which a restriction on this ground may be looked at again."""
    return today + timedelta(days=longest_days(ground, own))


def is_review_day(day: date, ground: str, own: Mapping[str, int], *, today: date) -> bool:
    """Say whether a day lies ahead, and no later than the provider allows."""
    return today < day <= latest_review(ground, own, today=today)


def is_interval(days: int) -> bool:
    """Say whether a provider may allow so many days."""
    return SHORTEST_ALLOWED <= days <= LONGEST_ALLOWED
