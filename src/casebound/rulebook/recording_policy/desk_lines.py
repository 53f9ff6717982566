"""What this room says at the head of Shift and of the desk (P83)."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from casebound.foundation.base.calendar import day_of
from casebound.foundation.base.times import day_in_words
from casebound.foundation.web.line_items import LineItem
from casebound.people.access.reads import WorkerRights
from casebound.rulebook.recording_policy.permissions import PolicyPermission
from casebound.rulebook.recording_policy.reads import duty_of, readers


def policy_to_read(rights: WorkerRights, at: datetime) -> LineItem | None:
    """Say that the person still has to read the policy, and by when."""
    duty = duty_of(rights.worker, at=at)
    if duty is None:
        return None
    words = (
        gettext("Read the recording policy, version {version}: was due {day}")
        if duty.is_overdue
        else gettext("Read the recording policy, version {version}: by {day}")
    )
    day = day_in_words(day_of(duty.due_at))
    url = reverse("recording_policy:policy")
    return LineItem(words.format(version=duty.version, day=day), url, is_overdue=duty.is_overdue)


def policy_not_read(rights: WorkerRights, at: datetime) -> LineItem | None:
    """Say how many people have not read the policy in time."""
    if not rights.may(PolicyPermission.SEE_POLICY_READ):
        return None
    count = sum(reader.is_overdue for reader in readers(rights, at=at))
    words = ngettext(
        "{number} person has not read the recording policy in time",
        "{number} people have not read the recording policy in time",
        count,
    )
    url = reverse("recording_policy:people")
    return LineItem(words.format(number=count), url, is_overdue=True) if count else None


LINES = (policy_not_read,)
SHIFT_LINES = (policy_to_read,)
