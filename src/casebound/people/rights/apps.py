"""The room's place in the house."""

from django.apps import AppConfig


class RightsConfig(AppConfig):
    """The table of rights is data: the room has no tables."""

    name = "casebound.people.rights"
    label = "rights"
    store = "default"
