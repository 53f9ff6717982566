"""What this room says at the head of the desk."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import ngettext

from casebound.foundation.web.line_items import LineItem
from casebound.oversight.who_looked.asking import count_open
from casebound.oversight.who_looked.permissions import LookingPermission
from casebound.oversight.who_looked.scope import scope_of
from casebound.people.access.reads import WorkerRights


def questions_waiting(rights: WorkerRights, at: datetime) -> LineItem | None:
    """Say how many questions about who looked wait for an answer."""
    if not rights.may(LookingPermission.SEE_WHO_LOOKED):
        return None
    count = count_open(scope_of(rights, at=at), at=at)
    words = ngettext(
        "{number} question about who looked", "{number} questions about who looked", count
    )
    return LineItem(words.format(number=count), reverse("who_looked:questions")) if count else None


LINES = (questions_waiting,)
