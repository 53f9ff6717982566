"""Which entries the next shift should know of: plain decisions over their content."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from casebound.foundation.base.times import LONDON
from casebound.foundation.proof.canonical import Json
from casebound.rulebook.catalogue.shape import Form, Group

HANDOVER: Final = "handover"  # the form of the handover itself
FOR_NEXT: Final = "handover"  # the answer that is written for the next shift, on any form
NEXT_AT: Final = "next_at"  # the answer that says when the next appointment is
# Without an earlier handover: as far back as the longest shift.
LOOK_BACK: Final = timedelta(days=1)
DUE_WITHIN: Final = timedelta(days=1)

# Unusual events are handed over even if nothing was written for the next shift.
_ALWAYS: Final = frozenset({Group.SAFETY, Group.CONCERNS})


def is_to_hand_over(form: Form, answers: Mapping[str, Json]) -> bool:
    """Say whether the next shift should read an entry."""
    return form.group in _ALWAYS or bool(words_for_next(answers))


def words_for_next(answers: Mapping[str, Json]) -> str:
    """Return what the author wrote for the next shift."""
    answer = answers.get(FOR_NEXT)
    return answer if isinstance(answer, str) else ""


def is_soon(at: datetime, *, now: datetime) -> bool:
    """Say whether an appointment is later today or tomorrow, by London's calendar."""
    days = (at.astimezone(LONDON).date() - now.astimezone(LONDON).date()).days
    return at >= now and days <= 1
