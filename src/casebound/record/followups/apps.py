"""The room's place in the house."""

from django.apps import AppConfig


class FollowupsConfig(AppConfig):
    """What follows what is worked out from the entries."""

    name = "casebound.record.followups"
    label = "followups"
    store = "derived"
