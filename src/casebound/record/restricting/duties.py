"""What a restriction asks of the managers: look again, and tell those who have to know."""

from datetime import date, datetime
from typing import Final

from django.urls import reverse

from casebound.foundation.base.calendar import end_of, start_of
from casebound.foundation.base.messages import gettext
from casebound.people.duties.entries import DutyKind
from casebound.people.duties.reads import DutySeen
from casebound.rulebook.clocks.clocks import clock
from casebound.rulebook.clocks.shape import Clock

REVIEW: Final = clock("restricted/review")
OVERDUE: Final = clock("restricted/overdue")
TELL: Final = clock("restricted/tell")
ROOM: Final = "restricted/"  # every duty of this room


def asked(of: Clock, about: str) -> DutyKind:
    """Return the duty that a clock opens, about a part in words."""
    return DutyKind(key=of.key, what=gettext(of.what).replace("{who}", about), rule=of.rule)


def review_by(day: date) -> datetime:
    """Return when it is looked at again at the latest: by the end of its day."""
    return REVIEW.due(start_of(day))


def overdue_since(day: date) -> datetime:
    """Return from when it is overdue."""
    return end_of(day)


def page_of(duty: DutySeen) -> str:
    """Return the page on which a duty of this room is done."""
    which = [duty.book, duty.subject.name]
    if duty.key != TELL.key:
        return reverse("restricting:restriction", args=which)
    who = duty.subject.id.rpartition("-")[2]
    return f"{reverse('restricting:discussed', args=which)}?who={who}"
