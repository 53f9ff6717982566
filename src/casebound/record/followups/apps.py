"""The room's place in the house."""

from django.apps import AppConfig


class FollowupsConfig(AppConfig):
    """The room of the follow-ups: it works out from the entries which entry follows which."""

    name = "casebound.record.followups"
    label = "followups"
    store = "derived"
