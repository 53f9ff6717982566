"""The room's place in the house."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The room has no tables."""

    name = "casebound.upkeep.demo"
    label = "demo"
    store = "derived"
