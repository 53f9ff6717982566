"""The room's place in the house."""

from django.apps import AppConfig


class HelpConfig(AppConfig):
    """The room has no tables."""

    name = "casebound.upkeep.help"
    label = "help"
    store = "derived"
