"""The room's place in the house."""

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    """The room has no tables."""

    name = "casebound.upkeep.policy"
    label = "policy"
    store = "derived"
