"""The room's place in the house."""

from django.apps import AppConfig


class RightsConfig(AppConfig):
    """The room of the rights. The table of rights is a data file, so the room has no tables."""

    name = "casebound.people.rights"
    label = "rights"
    store = "default"
