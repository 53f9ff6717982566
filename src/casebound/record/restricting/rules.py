"""When something restricted is looked at again: asked each time, and never later than allowed."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

# No rule gives these numbers: they are ours until the provider sets its own (decision 0151). What
# the police ask for ends soonest; what a court orders or a lawyer advises changes seldom.
LONGEST_DAYS: Final[Mapping[str, int]] = {
    "police_investigation": 28,
    "court_order": 183,
    "legal_privilege": 183,
}
OTHERWISE: Final = 92
SHORTEST_ALLOWED: Final = 1
LONGEST_ALLOWED: Final = 366


def longest_days(ground: str, own: Mapping[str, int]) -> int:
    """Return after how many days at most a restriction on this ground is looked at again."""
    return own.get(ground, LONGEST_DAYS.get(ground, OTHERWISE))


def latest_review(ground: str, own: Mapping[str, int], *, today: date) -> date:
    """Return the last day on which a restriction on this ground may be looked at again."""
    return today + timedelta(days=longest_days(ground, own))


def is_review_day(day: date, ground: str, own: Mapping[str, int], *, today: date) -> bool:
    """Say whether a day lies ahead, and no later than the provider allows."""
    return today < day <= latest_review(ground, own, today=today)


def is_interval(days: int) -> bool:
    """Say whether a provider may allow so many days."""
    return SHORTEST_ALLOWED <= days <= LONGEST_ALLOWED
