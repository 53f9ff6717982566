"""Limits for facts about homes: where a role can be held, and which times make sense."""

from datetime import datetime, timedelta
from typing import Final

from casebound.people.rights.shape import Role, Works

CLOCKS_DIFFER: Final = timedelta(minutes=15)
# A sealed entry cannot be taken back, so a plan that may change is not sealed long before.
PLANNED_AHEAD: Final = timedelta(days=28)  # an admission
NOTICE: Final = timedelta(days=92)  # the beginning or the end of an appointment
LONGEST_AGO: Final = timedelta(days=60 * 366)  # longer ago than this is a typing error


def can_have(role: Role, *, at_home: bool, of_child: bool) -> bool:
    """Say whether a role can be held at a home (or everywhere), and for one child (or for none)."""
    if of_child or role.is_of_one_child:
        works = Works.CHILD if at_home else Works.ONE_CHILD
        return of_child and works in role.works
    return (Works.HOME if at_home else Works.PROVIDER) in role.works


def is_likely(moment: datetime, *, now: datetime, ahead: timedelta = CLOCKS_DIFFER) -> bool:
    """Say whether `moment` is at most `ahead` of `now`, and not before anybody's working life."""
    return now - LONGEST_AGO <= moment <= now + ahead


def is_same_name(name: str, other: str) -> bool:
    """Say whether two names are the same, ignoring capital letters."""
    return name.casefold() == other.casefold()
