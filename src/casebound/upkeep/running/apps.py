"""The room's place in the house."""

from django.apps import AppConfig


class RunningConfig(AppConfig):
    """The room has no tables."""

    name = "casebound.upkeep.running"
    label = "running"
    store = "derived"
