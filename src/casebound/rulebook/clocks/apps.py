"""The room's place in the house."""

from django.apps import AppConfig


class ClocksConfig(AppConfig):
    """Clocks are data; the room has no tables."""

    name = "casebound.rulebook.clocks"
    label = "clocks"
    store = "default"
